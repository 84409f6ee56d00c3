package io.nepenthe.runstore;

import io.nepenthe.files.Folders;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Keeps a command from writing among files of others: it may fill a folder that is missing or
 * empty, or write again into one that it filled before.
 */
public final class OwnFolder {
  private static final int BEGINNING = 1 << 16;
  private static final int NAMES = 3;

  private OwnFolder() {}

  /** Tells from its files whether a folder was filled by the command that is to fill it again. */
  @FunctionalInterface
  public interface Sign {
    /** Returns true if it was. */
    boolean isAt(Path folder) throws IOException;
  }

  /**
   * Does nothing if a folder is missing, empty, or the command's own.
   *
   * @param kind what the command makes, as "run"
   * @param option by which the folder was given
   * @throws NepentheException with IO if it holds anything else, or cannot be read
   */
  public static void require(Path folder, String kind, String option, Sign sign) {
    if (Files.exists(folder) && !Files.isDirectory(folder)) {
      throw new NepentheException(
          ErrorCode.IO,
          "cannot write to "
              + folder
              + " (it is no folder). Give "
              + option
              + " a folder you may write to.");
    }
    try {
      if (!Folders.isFree(folder) && !sign.isAt(folder)) {
        throw new NepentheException(
            ErrorCode.IO,
            String.format(
                "%s is not empty and holds no %s (it has %s). Give %s a new folder, an empty one, or"
                    + " that of an earlier %s.",
                folder, kind, some(folder), option, kind));
      }
    } catch (IOException e) {
      throw new NepentheException(
          ErrorCode.IO,
          "cannot read " + folder + " (" + e + "). Give " + option + " another folder.",
          e);
    }
  }

  private static String some(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      List<String> names =
          entries.map(entry -> entry.getFileName().toString()).sorted().limit(NAMES + 1L).toList();
      return names.stream().limit(NAMES).collect(Collectors.joining(", "))
          + (names.size() > NAMES ? ", ..." : "");
    }
  }

  /**
   * Returns true if a JSON file says near its beginning that it is of a schema, in any version.
   *
   * @param schema its name, as "nepenthe-run"
   */
  public static boolean saysSchema(Path file, String schema) throws IOException {
    return Pattern.compile("\"schema\"\\s*:\\s*\"" + Pattern.quote(schema + "/"))
        .matcher(beginning(file))
        .find();
  }

  /** Returns the first characters of a file; nothing if it is none, or a link. */
  public static String beginning(Path file) throws IOException {
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return "";
    }
    try (InputStream in = Files.newInputStream(file)) {
      return new String(in.readNBytes(BEGINNING), StandardCharsets.UTF_8);
    }
  }
}
