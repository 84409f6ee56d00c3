package io.nepenthe.original;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.nepenthe.json.Json;
import io.nepenthe.machine.Impediment;
import io.nepenthe.protocol.ContentHash;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import io.nepenthe.wording.Words;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A folder that holds one checkpoint, of any place: its record has the hash of every file. */
public final class CheckpointFolder {
  static final String RECORD = "training.json";

  private CheckpointFolder() {}

  /**
   * Returns the checkpoint that a folder of any place is, if it is one with all it needs to train
   * on.
   *
   * @throws NepentheException if it is damaged
   */
  public static Optional<Checkpoint> at(Path folder) {
    if (!holdsRecord(folder) || !Files.isRegularFile(folder.resolve(Checkpoint.OPTIMIZER))) {
      return Optional.empty();
    }
    return Optional.of(verified(folder, " to resume without its optimizer's state"));
  }

  /**
   * Does nothing if a folder of any place is no checkpoint of ours, or one that is whole.
   *
   * @throws NepentheException if it is a damaged one
   */
  public static void requireIntact(Path folder) {
    if (holdsRecord(folder)) {
      verified(folder, " to take the model as it is");
    }
  }

  /**
   * Returns true if the folder's {@code training.json} is a record of ours, whole or not: other
   * programs write files of that name, too.
   */
  public static boolean holdsRecord(Path folder) {
    Path record = folder.resolve(RECORD);
    if (!Files.isRegularFile(record)) {
      return false;
    }
    if (Files.isRegularFile(folder.resolve(Checkpoint.OPTIMIZER))) {
      return true; // whatever it says: no other program writes both
    }
    try {
      return Json.mapper().readTree(record.toFile()).has("sha256");
    } catch (JsonProcessingException e) {
      return false;
    } catch (IOException e) {
      throw new NepentheException(ErrorCode.IO, "cannot read " + record + " (" + e + ")", e);
    }
  }

  private static Checkpoint verified(Path folder, String withoutRecord) {
    try {
      return verified(folder);
    } catch (NepentheException e) {
      throw new NepentheException(
          e.code(),
          e.getMessage() + ". Restore it, or remove its " + RECORD + withoutRecord + ".",
          e);
    }
  }

  /** Returns a record with the hashes of a folder's files, and its own. */
  static CheckpointRecord withHashes(CheckpointRecord record, Path part) throws IOException {
    Map<String, String> hashes = new TreeMap<>();
    try (Stream<Path> files = Files.list(part)) {
      for (Path file : files.toList()) {
        hashes.put(file.getFileName().toString(), ContentHash.ofFile(file));
      }
    }
    hashes.put(RECORD, ContentHash.of(Json.canonical(record.withHashes(hashes))));
    return record.withHashes(hashes);
  }

  /** The record's own hash is of the record without it. */
  private static boolean isIntact(CheckpointRecord record) {
    Map<String, String> others = new TreeMap<>(record.sha256());
    String own = others.remove(RECORD);
    return ContentHash.of(Json.canonical(record.withHashes(others))).equals(own);
  }

  /**
   * Returns the checkpoint of a folder.
   *
   * @throws NepentheException if it is damaged, or cannot be read
   */
  static Checkpoint verified(Path place) {
    try {
      CheckpointRecord record = record(place.resolve(RECORD));
      if (!isIntact(record)) {
        throw damaged(place.resolve(RECORD) + " is not what was written", null);
      }
      for (Map.Entry<String, String> entry : record.sha256().entrySet()) {
        Path file = place.resolve(entry.getKey());
        if (!entry.getKey().equals(RECORD)
            && (!Files.isRegularFile(file) || !ContentHash.ofFile(file).equals(entry.getValue()))) {
          throw damaged(file + " is missing or its content is not what was written", null);
        }
      }
      if (record.weightsHash().isEmpty()) {
        throw damaged(place.resolve(RECORD) + " names no weights", null);
      }
      return new Checkpoint(place, record);
    } catch (IOException | RuntimeException e) {
      if (e instanceof NepentheException known) {
        throw known;
      }
      if (!(e instanceof NoSuchFileException) && Impediment.keepsFromReading(e)) {
        throw new NepentheException(
            ErrorCode.IO, "cannot read " + place + " (" + Words.line(e.toString()) + ")", e);
      }
      throw damaged(place + ": " + Words.line(e.toString()), e);
    }
  }

  /** Returns what the record of a checkpoint says, if it can be read; its files may be damaged. */
  static Optional<CheckpointRecord> recorded(Path place) {
    try {
      return Optional.of(record(place.resolve(RECORD))).filter(CheckpointFolder::isIntact);
    } catch (IOException | RuntimeException e) {
      return Optional.empty(); // whoever needs the model says what is wrong
    }
  }

  private static CheckpointRecord record(Path file) throws IOException {
    if (Files.isDirectory(file) || Files.isSymbolicLink(file)) {
      throw damaged(file + " is no file of its own", null);
    }
    JsonNode json = Json.mapper().readTree(Files.readAllBytes(file));
    if (!json.isObject()) {
      throw damaged(file + " is no JSON object", null);
    }
    try {
      return Json.mapper().treeToValue(json, CheckpointRecord.class);
    } catch (JsonProcessingException e) {
      if (isAsWritten(json.deepCopy())) {
        throw new NepentheException(
            ErrorCode.STORE_CORRUPT,
            file
                + " is as it was written, but made by a newer Nepenthe. Use that, or set"
                + " NEPENTHE_HOME to another folder; nothing was changed.",
            e);
      }
      throw e;
    }
  }

  private static boolean isAsWritten(ObjectNode record) {
    return record.path("sha256") instanceof ObjectNode hashes
        && hashes.remove(RECORD) instanceof TextNode own
        && own.asText().equals(ContentHash.of(Json.canonical(record)));
  }

  static NepentheException damaged(String what, @Nullable Exception cause) {
    return new NepentheException(ErrorCode.BAD_CHECKPOINT, "checkpoint is damaged: " + what, cause);
  }
}
