package io.nepenthe.runstore;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import io.nepenthe.files.AtomicFiles;
import io.nepenthe.files.Folders;
import io.nepenthe.json.Json;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * JSON files in a folder. They appear whole or not at all; one that is not what was written is
 * reported, moved to {@code damaged/} if the folder is being written, and counts as not there. One
 * that is what was written, but not for this program, or that cannot be read at the moment, is left
 * alone and stops what needs it.
 */
final class ResultFiles {
  private static final long MOST_BYTES = 64L << 20;

  private final Path folder;
  private final Consumer<String> warnings;
  private final boolean takesUnsealed;
  private final DamagedFiles damaged;
  private final Set<Path> taken = ConcurrentHashMap.newKeySet();
  private final Ledger ledger = new Ledger();

  /**
   * Makes the files of a folder.
   *
   * @param takesUnsealed whether results of the first versions, which have no seal, are read
   */
  ResultFiles(Path folder, Consumer<String> warnings, boolean takesUnsealed) {
    this.folder = folder;
    this.warnings = warnings;
    this.takesUnsealed = takesUnsealed;
    this.damaged = new DamagedFiles(folder, warnings);
  }

  /**
   * From now on, moves damaged files to {@code damaged/}: this process writes the folder, and knows
   * all that is there.
   *
   * @param parts those that hold results
   */
  void setDamagedAside(List<String> parts) {
    for (String part : parts) {
      for (Path file :
          Files.isDirectory(folder.resolve(part)) ? list(folder.resolve(part)) : List.<Path>of()) {
        enter(file);
      }
    }
    ledger.close();
    damaged.setAsideFromNow();
  }

  private void enter(Path file) {
    if (Files.isRegularFile(file)) {
      try {
        ledger.enter(file, Files.size(file) > MOST_BYTES ? new byte[0] : Files.readAllBytes(file));
      } catch (IOException e) {
        throw unreadable(file, e);
      }
    }
  }

  /** Returns true if this process writes the folder. */
  boolean setsDamagedAside() {
    return damaged.areSetAside();
  }

  /** Returns the damaged files that were read and left where they are, by their path in it. */
  List<String> damaged() {
    return damaged.left();
  }

  /** Returns where a file of a part of the folder is, or would be. */
  Path file(String part, String name) {
    return folder.resolve(part).resolve(name + ".json").normalize();
  }

  /** Writes a value as a file of a part of the folder. */
  void write(String part, String name, Object value) {
    Path file = file(part, name);
    String content = Json.pretty(value);
    try {
      Folders.make(file.getParent());
      ledger.enter(file, content); // first: whoever reads what is written finds it entered
      AtomicFiles.write(file, content);
    } catch (IOException e) {
      enter(file); // it holds what it held
      throw new NepentheException(
          ErrorCode.IO,
          "cannot write "
              + file
              + " ("
              + e
              + "). What was measured before is kept; free space or rights, then run again.",
          e);
    }
  }

  /** Moves a file of a part of the folder to a folder below it. What already lies there stays. */
  void moveAside(String part, String name, Path below) {
    Path place = folder.resolve(part).resolve(below);
    try {
      Files.createDirectories(place);
      Path aside = place.resolve(name + ".json");
      for (int i = 2; Files.exists(aside); i++) {
        aside = place.resolve(name + "-" + i + ".json");
      }
      Files.move(file(part, name), aside);
    } catch (IOException e) {
      throw new NepentheException(
          ErrorCode.IO, "cannot move " + file(part, name) + " to " + place + " (" + e + ")", e);
    }
  }

  /** Deletes the files of a part of the folder whose names begin so, but for one. */
  void deleteLike(String part, String beginning, String kept) {
    for (Path file : list(folder.resolve(part))) {
      String name = file.getFileName().toString();
      if (name.startsWith(beginning) && !name.equals(kept + ".json")) {
        Folders.tryToDelete(file);
      }
    }
  }

  /** Returns what is whole of a part of the folder, by file name; files are read in parallel. */
  <T> List<T> all(String part, Function<Path, Optional<T>> reader) {
    Path place = folder.resolve(part);
    if (!Files.isDirectory(place)) {
      return List.of();
    }
    return list(place).parallelStream().map(reader).flatMap(Optional::stream).toList();
  }

  private static List<Path> list(Path place) {
    try (Stream<Path> files = Files.list(place)) {
      return files.filter(ResultFiles::isResult).sorted().toList();
    } catch (IOException e) {
      throw new NepentheException(ErrorCode.IO, "cannot list " + place + " (" + e + ")", e);
    }
  }

  private static boolean isResult(Path file) {
    String name = file.getFileName().toString();
    return name.endsWith(".json") && !name.startsWith(".");
  }

  /** Makes a value of a file's content, which is sealed. */
  interface Reader<T> {
    T read(JsonNode json) throws IOException;
  }

  /**
   * Returns a sealed file's value of a type that has no published schema.
   *
   * @param known says whether this program knows the value's schema
   * @param belongs says whether the value may have the file's name
   */
  <T> Optional<T> read(Path file, Class<T> type, Predicate<T> known, Predicate<T> belongs) {
    return read(file, type, known, value -> Optional.empty(), belongs);
  }

  /**
   * Returns it, as the other method does.
   *
   * @param mistake says what of the value cannot be true, if anything
   */
  <T> Optional<T> read(
      Path file,
      Class<T> type,
      Predicate<T> known,
      Function<T, Optional<String>> mistake,
      Predicate<T> belongs) {
    return read(
        file,
        content -> {
          T value = ResultContent.value(content, type);
          if (value != null && !known.test(value)) {
            throw ResultContent.unknownSchema(content);
          }
          return value == null ? value : ResultContent.checked(value, mistake);
        },
        belongs);
  }

  /**
   * Returns a sealed file's value if it is there and whole.
   *
   * @param belongs says whether the value may have the file's name
   * @throws NepentheException with STORE_CORRUPT if it is of a version without seals, and those are
   *     not asked for
   */
  <T> Optional<T> read(Path file, Reader<T> reader, Predicate<T> belongs) {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    boolean isIntact = false;
    JsonNode json = NullNode.getInstance();
    try {
      byte[] content = content(file);
      Optional<String> objection = ledger.objection(file, content);
      if (objection.isPresent()) {
        return damaged(file, objection.get());
      }
      json = Json.mapper().readTree(content);
      if (!json.isObject()) {
        return damaged(file, "it is no JSON object");
      }
      if (OtherProgram.isNewer(json)) { // whose seal may be of another kind
        throw OtherProgram.newer(file, json);
      }
      boolean isUnsealed = Unsealed.is(json);
      if (isUnsealed) {
        requireTaken(file);
      }
      isIntact = !isUnsealed && SealedJson.isIntact(json);
      if (!isUnsealed && !isIntact) {
        return damaged(file, "its content is not what was written");
      }
      T value = reader.read(json);
      return value == null || !belongs.test(value)
          ? damaged(file, "its content does not belong to its name")
          : Optional.of(value);
    } catch (ResultContent.Bad e) {
      return damaged(file, String.valueOf(e.getMessage()));
    } catch (NepentheException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      String why = String.valueOf(e.getMessage()).lines().findFirst().orElse("unreadable");
      if (isIntact) {
        throw OtherProgram.foreign(file, why, e);
      }
      return damaged(file, why);
    }
  }

  /** Says once of each kind of file that it has no seal, or that it is not read without one. */
  private void requireTaken(Path file) {
    Path part = file.getParent();
    Path place = part.equals(folder.normalize()) ? file : part;
    if (!takesUnsealed) {
      throw Unsealed.refused(place);
    }
    if (taken.add(place)) {
      warnings.accept(Unsealed.taken(place));
    }
  }

  /** A file that the system does not hand out says nothing of its content. */
  private static byte[] content(Path file) throws IOException {
    if (Files.isDirectory(file)) {
      throw new ResultContent.Bad("it is a folder");
    }
    try {
      if (Files.size(file) > MOST_BYTES) {
        throw new ResultContent.Bad("it is larger than any result");
      }
      return Files.readAllBytes(file);
    } catch (ResultContent.Bad e) {
      throw e;
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  /** Returns what to throw for a file that may be whole, but cannot be read. */
  static NepentheException unreadable(Path file, IOException cause) {
    return new NepentheException(
        ErrorCode.IO,
        "cannot read " + file + " (" + cause + "). Nothing was changed; mend that, and try again.",
        cause);
  }

  private <T> Optional<T> damaged(Path file, String why) {
    damaged.report(file, why);
    return Optional.empty();
  }
}
