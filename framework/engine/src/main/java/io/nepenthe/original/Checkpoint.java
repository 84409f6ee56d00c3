package io.nepenthe.original;

import io.nepenthe.checkpoint.ModelFolder;
import io.nepenthe.checkpoint.Safetensors;
import io.nepenthe.json.Json;
import io.nepenthe.model.LanguageModel;
import io.nepenthe.tensor.Pieces;
import io.nepenthe.training.OptimizerState;
import java.io.IOException;
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
            .readValue(folder.resolve(CheckpointStore.RECORD).toFile(), CheckpointRecord.class));
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

  /** Returns the optimizer's state. */
  public OptimizerState optimizer() {
    return resumeState().optimizer();
  }

  ResumeState resumeState() {
    return ResumeState.of(Safetensors.read(folder.resolve(OPTIMIZER)), record.steps());
  }
}
