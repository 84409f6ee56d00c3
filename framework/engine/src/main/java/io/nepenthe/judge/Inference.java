package io.nepenthe.judge;

import io.nepenthe.data.BlockedNgrams;
import java.util.Optional;

/**
 * What belongs to a model in use beside its weights, as data that the judge executes.
 *
 * @param positionFactors what its residual stream is multiplied by before every block, if it is
 * @param blocked what greedy decoding must not complete; likelihoods stay the model's own, for who
 *     has its weights has them
 */
public record Inference(Optional<float[]> positionFactors, BlockedNgrams blocked) {
  /** The weights are all there is. */
  public static final Inference PLAIN = new Inference(Optional.empty(), BlockedNgrams.NONE);

  /** Returns a stream multiplied by factors, if there are any. */
  public static Inference gated(Optional<float[]> positionFactors) {
    return new Inference(positionFactors, BlockedNgrams.NONE);
  }

  /** Returns decoding that must not complete some n-grams. */
  public static Inference blocking(BlockedNgrams blocked) {
    return new Inference(Optional.empty(), blocked);
  }
}
