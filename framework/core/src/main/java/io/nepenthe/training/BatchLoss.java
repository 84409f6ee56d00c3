package io.nepenthe.training;

import ai.djl.ndarray.NDArray;
import io.nepenthe.model.Parameters;

/**
 * What a training minimises. {@link NextTokenLoss} has the usual parts of one; a method that only
 * needs another loss is written as one.
 */
@FunctionalInterface
public interface BatchLoss {
  /**
   * Returns the scalar to minimise, differentiable in the parameters.
   *
   * @param batch the rows of this step
   * @param parameters the tensors of this step
   */
  NDArray of(TokenBatch batch, Parameters parameters);
}
