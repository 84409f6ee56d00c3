package io.nepenthe.original;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.nepenthe.checkpoint.ModelFolder;
import io.nepenthe.checkpoint.Safetensors;
import io.nepenthe.data.Vocabulary;
import io.nepenthe.files.AtomicFiles;
import io.nepenthe.files.Folders;
import io.nepenthe.json.Json;
import io.nepenthe.machine.Impediment;
import io.nepenthe.model.LanguageModel;
import io.nepenthe.model.SpecialIds;
import io.nepenthe.protocol.ContentHash;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import io.nepenthe.wording.Words;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The checkpoints of one training, in a folder named by the training's key. A checkpoint appears
 * whole or not at all; a damaged one is reported and set aside, never used.
 */
public final class CheckpointStore {
  static final String RECORD = "training.json";
  private static final Logger LOG = LoggerFactory.getLogger(CheckpointStore.class);

  private final Path folder;
  private final TrainingPlan plan;
  private final String key;
  private final Consumer<String> warnings;

  /** Opens the checkpoints of a plan within the cache folder; damage is logged. */
  public CheckpointStore(Path cache, TrainingPlan plan) {
    this(cache, plan, LOG::warn);
  }

  /**
   * Opens the checkpoints of a plan within the cache folder.
   *
   * @param warnings receives one line per damaged checkpoint
   */
  public CheckpointStore(Path cache, TrainingPlan plan, Consumer<String> warnings) {
    this.plan = plan;
    this.key = plan.key();
    this.folder = cache.resolve("checkpoints").resolve(key);
    this.warnings = warnings;
  }

  /** Returns the folder of this training. */
  public Path folder() {
    return folder;
  }

  /** Returns the checkpoint after so many passes, if it is there and whole. */
  public Optional<Checkpoint> find(int passes) {
    Path place = place(passes);
    if (!Files.isDirectory(place)) {
      return Optional.empty();
    }
    try {
      Checkpoint found = verified(place);
      requireOfThisTraining(found, passes);
      return Optional.of(found);
    } catch (NepentheException e) {
      if (e.code() != ErrorCode.BAD_CHECKPOINT) {
        throw e;
      }
      setAside(place, e.getMessage());
      return Optional.empty();
    }
  }

  private void requireOfThisTraining(Checkpoint found, int passes) {
    CheckpointRecord record = found.record();
    boolean isOfTraining =
        record.key() == null
            ? record.seedAndMethod().equals(plan.seedAndMethod())
            : record.key().equals(key);
    if (!isOfTraining || record.passes() != passes) {
      throw damaged(
          "%s holds the model of %s after %d passes, not that of %s after %d"
              .formatted(found.folder(), record.label(), record.passes(), plan.label(), passes),
          null);
    }
  }

  /** Returns true if there is a checkpoint after so many passes, whole or not. */
  public boolean mayHold(int passes) {
    return Files.isDirectory(place(passes));
  }

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
    try {
      return Json.mapper().readTree(record.toFile()).has("sha256");
    } catch (JsonProcessingException e) {
      return Files.isRegularFile(folder.resolve(Checkpoint.OPTIMIZER)); // damaged, if it is ours
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

  /** Returns the whole checkpoint with the most passes. */
  public Optional<Checkpoint> newest() {
    return passesPresent().stream()
        .sorted(Comparator.reverseOrder())
        .map(this::find)
        .flatMap(Optional::stream)
        .findFirst();
  }

  /** Writes a checkpoint: the weights to use, and what the training needs to go on. */
  Checkpoint save(LanguageModel model, float[] values, ResumeState state, CheckpointRecord record)
      throws IOException {
    Files.createDirectories(folder);
    Path part = folder.resolve(".part-" + UUID.randomUUID());
    Vocabulary ids = plan.task().vocabulary();
    ModelFolder.write(part, model, values, new SpecialIds(ids.begin(), ids.end(), ids.padding()));
    Safetensors.write(part.resolve(Checkpoint.OPTIMIZER), state.tensors(values.length));
    CheckpointRecord complete = withHashes(record.under(key), part);
    AtomicFiles.write(part.resolve(RECORD), Json.pretty(complete));
    Path place = place(record.passes());
    Folders.delete(place);
    Files.move(part, place, StandardCopyOption.ATOMIC_MOVE);
    return new Checkpoint(place, complete);
  }

  /** Removes a checkpoint that was only kept to resume from. */
  public void discard(int passes) throws IOException {
    Folders.delete(place(passes));
  }

  /** Removes what a killed process left half-written. */
  public void removeParts() throws IOException {
    for (Path entry : entries()) {
      if (entry.getFileName().toString().startsWith(".part-")) {
        Folders.delete(entry);
      }
    }
  }

  private static CheckpointRecord withHashes(CheckpointRecord record, Path part)
      throws IOException {
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

  private static Checkpoint verified(Path place) {
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

  private void setAside(Path place, String why) {
    Path aside = place.resolveSibling("damaged-" + place.getFileName() + "-" + UUID.randomUUID());
    try {
      Files.move(place, aside);
      warnings.accept(why + "; set aside as " + aside.getFileName() + ", it will be trained again");
    } catch (IOException e) {
      throw new NepentheException(
          ErrorCode.IO, "cannot set aside the damaged " + place + " (" + e + ")", e);
    }
  }

  /** Sets a checkpoint aside that is whole, but not to be trusted: it will be trained again. */
  public synchronized void withdraw(Checkpoint checkpoint, String why) {
    if (checkpoint.folder().startsWith(folder) && Files.isDirectory(checkpoint.folder())) {
      setAside(checkpoint.folder(), why);
    }
  }

  private List<Integer> passesPresent() {
    List<Integer> passes = new ArrayList<>();
    for (Path entry : entries()) {
      String name = entry.getFileName().toString();
      if (name.matches("passes-\\d+")) {
        passes.add(Integer.parseInt(name.substring("passes-".length())));
      }
    }
    return passes;
  }

  private List<Path> entries() {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.toList();
    } catch (IOException e) {
      throw new NepentheException(ErrorCode.IO, "cannot list " + folder + " (" + e + ")", e);
    }
  }

  private Path place(int passes) {
    return folder.resolve(String.format(Locale.ROOT, "passes-%05d", passes));
  }

  private static NepentheException damaged(String what, Exception cause) {
    return new NepentheException(ErrorCode.BAD_CHECKPOINT, "checkpoint is damaged: " + what, cause);
  }
}
