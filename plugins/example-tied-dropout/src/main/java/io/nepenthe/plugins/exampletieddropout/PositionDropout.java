package io.nepenthe.plugins.exampletieddropout;

import ai.djl.ndarray.NDArray;
import io.nepenthe.model.LanguageModel;
import io.nepenthe.model.Tap;
import io.nepenthe.tensor.Torch;
import io.nepenthe.training.TokenBatch;
import io.nepenthe.training.TrainingHook;
import java.util.Arrays;
import java.util.Optional;

/**
 * What the reference program does (quirk K1): masks the positions of the residual stream, all
 * channels alike, at the start of every block. An example has the same mask in every block.
 */
final class PositionDropout implements TrainingHook {
  private final LanguageModel model;
  private final ExampleMasks masks;
  private final double factorInUse;

  /** Makes a hook whose model, in use, has the fixed positions multiplied by the factor. */
  PositionDropout(LanguageModel model, ExampleMasks masks, double factorInUse) {
    this.model = model;
    this.masks = masks;
    this.factorInUse = factorInUse;
  }

  @Override
  public Tap tap(TokenBatch batch) {
    long read = batch.inputs().getShape().get(1);
    NDArray mask =
        Torch.floats(
                batch.inputs().getManager(), masks.of(batch, 1), batch.size(), masks.width(), 1)
            .get(":, :" + read); // (B, positions, 1) -> (B, T, 1)
    return new Tap() {
      @Override
      public NDArray hidden(int layer, NDArray activation) {
        return activation;
      }

      @Override
      public NDArray stream(int layer, NDArray stream) {
        return layer < model.layers() ? stream.mul(mask) : stream;
      }
    };
  }

  @Override
  public Optional<float[]> positionFactors() {
    float[] factors = new float[masks.width()];
    Arrays.fill(factors, 0, masks.fixed(), (float) factorInUse);
    return Optional.of(factors);
  }

  @Override
  public Optional<float[]> state() {
    return masks.owners().state();
  }

  @Override
  public void restore(float[] state) {
    masks.owners().restore(state);
  }
}
