package io.nepenthe.original;

import io.nepenthe.checkpoint.ModelFolder;
import io.nepenthe.checkpoint.Safetensors;
import io.nepenthe.files.AtomicFiles;
import io.nepenthe.files.Folders;
import io.nepenthe.json.Json;
import io.nepenthe.model.LanguageModel;
import io.nepenthe.model.SpecialIds;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
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
  private static final Logger LOG = LoggerFactory.getLogger(CheckpointStore.class);

  private final Path folder;
  private final TrainingName training;
  private final Consumer<String> warnings;

  /** Opens the checkpoints of a training within the cache folder; damage is logged. */
  public CheckpointStore(Path cache, TrainingName training) {
    this(cache, training, LOG::warn);
  }

  /**
   * Opens the checkpoints of a training within the cache folder.
   *
   * @param warnings receives one line per damaged checkpoint
   */
  public CheckpointStore(Path cache, TrainingName training, Consumer<String> warnings) {
    this.training = training;
    this.folder = cache.resolve("checkpoints").resolve(training.key());
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
      Checkpoint found = CheckpointFolder.verified(place);
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

  /** Returns the hash of the weights that the record of a checkpoint names, whole or not. */
  public Optional<String> recordedWeights(int passes) {
    return CheckpointFolder.recorded(place(passes)).map(CheckpointRecord::weightsHash);
  }

  /**
   * Returns true if the checkpoint after so many passes is there and whole. Another is left where
   * it is.
   */
  public boolean holds(int passes) {
    try {
      if (!Files.isDirectory(place(passes))) {
        return false;
      }
      requireOfThisTraining(CheckpointFolder.verified(place(passes)), passes);
      return true;
    } catch (NepentheException e) {
      if (e.code() != ErrorCode.BAD_CHECKPOINT) {
        throw e;
      }
      return false;
    }
  }

  private void requireOfThisTraining(Checkpoint found, int passes) {
    CheckpointRecord record = found.record();
    boolean isOfTraining =
        record.key() == null
            ? record.seedAndMethod().equals(training.seedAndMethod())
            : record.key().equals(training.key());
    if (!isOfTraining || record.passes() != passes) {
      throw CheckpointFolder.damaged(
          "%s holds the model of %s after %d passes, not that of %s after %d"
              .formatted(found.folder(), record.label(), record.passes(), training.label(), passes),
          null);
    }
  }

  /** Returns true if there is a checkpoint after so many passes, whole or not. */
  public boolean mayHold(int passes) {
    return Files.isDirectory(place(passes));
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
  Checkpoint save(
      LanguageModel model,
      SpecialIds ids,
      float[] values,
      ResumeState state,
      CheckpointRecord record)
      throws IOException {
    Files.createDirectories(folder);
    Path part = folder.resolve(".part-" + UUID.randomUUID());
    ModelFolder.write(part, model, values, ids);
    Safetensors.write(part.resolve(Checkpoint.OPTIMIZER), state.tensors(values.length));
    CheckpointRecord complete = CheckpointFolder.withHashes(record.under(training.key()), part);
    AtomicFiles.write(part.resolve(CheckpointFolder.RECORD), Json.pretty(complete));
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
}
