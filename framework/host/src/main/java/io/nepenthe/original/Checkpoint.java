package io.nepenthe.original;

import io.nepenthe.checkpoint.ModelFolder;
import io.nepenthe.checkpoint.Safetensors;
import io.nepenthe.json.Json;
import io.nepenthe.model.LanguageModel;
import io.nepenthe.protocol.ContentHash;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import io.nepenthe.tensor.Pieces;
import io.nepenthe.training.OptimizerState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A whole, verified checkpoint: a Hugging Face folder with the optimizer's state beside it.
 *
 * @param folder where it lies
 * @param record what it says of itself
 */
public record Checkpoint(Path folder, CheckpointRecord record) {
  static final String OPTIMIZER = "optimizer.safetensors";

  /** Reads what a folder says of itself; unlike the store, without checking the hashes again. */
  public static Checkpoint read(Path folder) throws IOException {
    return new Checkpoint(
        folder,
        Json.mapper()
            .readValue(folder.resolve(CheckpointFolder.RECORD).toFile(), CheckpointRecord.class));
  }

  /**
   * Returns the model of any folder: a checkpoint of ours with all it remembers, or one whose
   * training is unknown.
   *
   * @throws NepentheException if it is a damaged checkpoint, or more than its folder says
   */
  public static Checkpoint given(Path folder) {
    Checkpoint given =
        CheckpointFolder.at(folder).orElseGet(() -> new Checkpoint(folder, unknown(folder)));
    if (given.record.positionFactors() != null) {
      throw new NepentheException(
          ErrorCode.BAD_CHECKPOINT,
          folder
              + " is a model whose positions are masked in use (quirk position-dropout); it is no"
              + " original model. Give another.");
    }
    return given;
  }

  /**
   * Returns the model of a folder as {@link #given} does.
   *
   * @param fingerprint of the one that is meant
   * @throws NepentheException if another lies there by now
   */
  public static Checkpoint opened(Path folder, String fingerprint) {
    Checkpoint found = given(folder);
    if (!found.fingerprint().equals(fingerprint)) {
      throw new NepentheException(
          ErrorCode.BAD_CHECKPOINT,
          folder + " holds another model than the one that was measured: it was changed meanwhile");
    }
    return found;
  }

  /** Returns true if the folder still holds this very model, to the byte. */
  public boolean isUnchanged() {
    try {
      opened(folder, fingerprint());
      return true;
    } catch (NepentheException e) {
      if (e.code() == ErrorCode.BAD_CHECKPOINT) {
        return false;
      }
      throw e;
    } catch (UncheckedIOException e) {
      if (e.getCause() instanceof NoSuchFileException) {
        return false;
      }
      throw e;
    }
  }

  /** Returns a hash of all its files. */
  public String fingerprint() {
    return ContentHash.of(Json.canonical(record.sha256()));
  }

  private static CheckpointRecord unknown(Path folder) {
    try {
      return CheckpointRecord.unknown(ModelFolder.hashes(folder));
    } catch (IOException e) {
      throw new NepentheException(
          ErrorCode.BAD_CHECKPOINT, "cannot read " + folder + " (" + e + ")", e);
    }
  }

  /** Returns the architecture. */
  public LanguageModel model() {
    return ModelFolder.readModel(folder);
  }

  /** Returns the weights to use, in model order. */
  public float[] values() {
    return ModelFolder.readValues(folder, model());
  }

  /** Passes on the weights to use in model order, a bounded number at a time. */
  public <E extends Exception> void read(Pieces.Reader<E> reader) throws E {
    ModelFolder.read(folder, model(), reader);
  }

  /** Returns what the model's residual stream is multiplied by; empty if by nothing. */
  public Optional<float[]> positionFactors() {
    return Optional.ofNullable(record.positionFactors()).map(Checkpoint::floats);
  }

  private static float[] floats(List<Double> factors) {
    float[] floats = new float[factors.size()];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = factors.get(i).floatValue();
    }
    return floats;
  }

  /** Returns the weights from which training resumes, in model order. */
  public float[] trainedValues() {
    return resumeState().weights().orElseGet(this::values);
  }

  /** Returns the optimizer's state; a fresh one if the training is unknown. */
  public OptimizerState optimizer() {
    return Files.isRegularFile(folder.resolve(OPTIMIZER))
        ? resumeState().optimizer()
        : OptimizerState.FRESH;
  }

  ResumeState resumeState() {
    return ResumeState.of(Safetensors.read(folder.resolve(OPTIMIZER)), record.steps());
  }
}
