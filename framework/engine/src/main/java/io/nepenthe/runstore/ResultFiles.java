package io.nepenthe.runstore;

import com.fasterxml.jackson.databind.JsonNode;
import io.nepenthe.files.AtomicFiles;
import io.nepenthe.json.Json;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * JSON files in a folder. They appear whole or not at all; one that is not what was written is
 * reported, moved to {@code damaged/}, and counts as not there. One that is what was written, but
 * not for this program, is left alone and stops what needs it.
 */
final class ResultFiles {
  private final Path folder;
  private final Consumer<String> warnings;

  ResultFiles(Path folder, Consumer<String> warnings) {
    this.folder = folder;
    this.warnings = warnings;
  }

  /** Returns where a file of a part of the folder is, or would be. */
  Path file(String part, String name) {
    return folder.resolve(part).resolve(name + ".json").normalize();
  }

  /** Writes a value as a file of a part of the folder. */
  void write(String part, String name, Object value) {
    Path file = file(part, name);
    try {
      Files.createDirectories(file.getParent());
      AtomicFiles.write(file, Json.pretty(value));
    } catch (IOException e) {
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

  private static final class BadContent extends IOException {
    private static final long serialVersionUID = 1;

    BadContent(String mistake) {
      super(mistake);
    }
  }

  /** Reads a type whose files have a published schema, and must follow it. */
  static <T> T published(JsonNode json, Class<T> type) throws IOException {
    if (!ResultSchema.isKnown(json)) {
      throw unknownSchema(json);
    }
    Optional<String> mistake = ResultSchema.mistake(json);
    if (mistake.isPresent()) {
      throw new BadContent(mistake.get());
    }
    return value(json, type);
  }

  private static IOException unknownSchema(JsonNode json) {
    return new IOException("its schema is " + json.path("schema") + ", which is unknown");
  }

  private static <T> T value(JsonNode json, Class<T> type) throws IOException {
    return Json.mapper().treeToValue(OldScores.asNow(SealedJson.opened(json)), type);
  }

  /**
   * Returns a sealed file's value of a type that has no published schema.
   *
   * @param known says whether this program knows the value's schema
   * @param belongs says whether the value may have the file's name
   */
  <T> Optional<T> read(Path file, Class<T> type, Predicate<T> known, Predicate<T> belongs) {
    return read(
        file,
        content -> {
          T value = value(content, type);
          if (value != null && !known.test(value)) {
            throw unknownSchema(content);
          }
          return value;
        },
        belongs);
  }

  /**
   * Returns a sealed file's value if it is there and whole. The first version of each schema had no
   * seal.
   *
   * @param belongs says whether the value may have the file's name
   */
  <T> Optional<T> read(Path file, Reader<T> reader, Predicate<T> belongs) {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    boolean isIntact = false;
    try {
      JsonNode json = Json.mapper().readTree(Files.readAllBytes(file));
      boolean isOld = json.path("schema").asText("/1").endsWith("/1") && !SealedJson.isSealed(json);
      isIntact = !isOld && SealedJson.isIntact(json);
      if (!isOld && !isIntact) {
        return setAside(file, "its content is not what was written");
      }
      T value = reader.read(json);
      return value != null && belongs.test(value)
          ? Optional.of(value)
          : setAside(file, "its content does not belong to its name");
    } catch (BadContent e) {
      return setAside(file, String.valueOf(e.getMessage()));
    } catch (IOException | RuntimeException e) {
      String why = String.valueOf(e.getMessage()).lines().findFirst().orElse("unreadable");
      if (isIntact) {
        throw foreign(file, why, e);
      }
      return setAside(file, why);
    }
  }

  /** What is as it was written, but of a newer program or with parts that are not here. */
  private static NepentheException foreign(Path file, String why, Exception cause) {
    return new NepentheException(
        ErrorCode.STORE_CORRUPT,
        file
            + " is as it was written, but this program cannot read it ("
            + why
            + "). It may be of a newer Nepenthe, or name an architecture or a tokenizer that is not"
            + " here: read it with the program that wrote it. Nothing was changed.",
        cause);
  }

  private synchronized <T> Optional<T> setAside(Path file, String why) {
    Path aside = folder.resolve("damaged").resolve(UUID.randomUUID() + "-" + file.getFileName());
    try {
      Files.createDirectories(aside.getParent());
      Files.move(file, aside);
    } catch (IOException e) {
      throw new NepentheException(ErrorCode.STORE_CORRUPT, "cannot set aside " + file, e);
    }
    warnings.accept(
        "result file "
            + file
            + " is damaged ("
            + why
            + "); set aside as "
            + aside
            + ", what it held counts as not measured");
    return Optional.empty();
  }
}
