package io.nepenthe.judge;

import ai.djl.ndarray.NDManager;
import io.nepenthe.checkpoint.BlockedNgramsFile;
import io.nepenthe.checkpoint.ModelFolder;
import io.nepenthe.data.BlockedNgrams;
import io.nepenthe.model.LanguageModel;
import io.nepenthe.model.Weights;
import java.nio.file.Path;

/**
 * A model as it is judged.
 *
 * @param weights closed with it
 * @param inference what belongs to it in use beside them
 */
public record JudgedModel(Weights weights, Inference inference) implements AutoCloseable {
  /**
   * Reads what a method left in a folder, weights in a sub-manager.
   *
   * @throws io.nepenthe.protocol.NepentheException if it is none of this architecture
   */
  public static JudgedModel read(Path folder, LanguageModel model, NDManager parent) {
    BlockedNgrams blocked = BlockedNgramsFile.read(folder, model);
    return new JudgedModel(
        ModelFolder.readWeights(folder, model, parent), Inference.blocking(blocked));
  }

  /** Returns the hash by which a trial knows it: of the weights, and of what is blocked. */
  public String hash() {
    return inference.blocked().hashWith(weights.hash());
  }

  @Override
  public void close() {
    weights.close();
  }
}
