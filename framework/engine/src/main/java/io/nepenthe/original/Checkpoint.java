package io.nepenthe.original;

import io.nepenthe.checkpoint.Gpt2Folder;
import io.nepenthe.checkpoint.Safetensors;
import io.nepenthe.model.Gpt2;
import io.nepenthe.suite.Json;
import io.nepenthe.training.OptimizerState;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
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
  public Gpt2 model() {
    return Gpt2Folder.readModel(folder);
  }

  /** Returns the weights in model order. */
  public float[] values() {
    return Gpt2Folder.readValues(folder, model());
  }

  /** Returns what the optimizer remembers. */
  public OptimizerState optimizer() {
    Map<String, Safetensors.Tensor> tensors = Safetensors.read(folder.resolve(OPTIMIZER));
    return new OptimizerState(
        record.steps(), tensors.get("mean").values(), tensors.get("variance").values());
  }

  /** Returns what the training hook remembers, empty if it had nothing to. */
  public Optional<float[]> hookState() {
    return Optional.ofNullable(Safetensors.read(folder.resolve(OPTIMIZER)).get("hook"))
        .map(Safetensors.Tensor::values);
  }
}
