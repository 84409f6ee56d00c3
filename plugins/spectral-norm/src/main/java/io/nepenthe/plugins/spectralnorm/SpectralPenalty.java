package io.nepenthe.plugins.spectralnorm;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import io.nepenthe.model.Parameters;
import io.nepenthe.tensor.Ops;
import io.nepenthe.tensor.Torch;
import io.nepenthe.training.TokenBatch;
import io.nepenthe.training.TrainingHook;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Adds the largest singular values of weight matrices to the loss. One step of power iteration per
 * training step follows them: v = unit(W^T u), u = unit(W v), sigma = u^T W v, with u and v taken
 * as constants, so that the gradient of sigma is u v^T.
 */
final class SpectralPenalty implements TrainingHook {
  private static final double EPSILON = 1e-12;

  private final List<Pieces> kinds;
  private final long[] sizes;
  private final double lambda;
  private final boolean squared;
  private float[] left; // u of every piece, kind after kind

  /** Without {@code squared} (quirk K5) the singular values themselves are added up. */
  SpectralPenalty(List<Pieces> kinds, double lambda, boolean squared, RandomGenerator random) {
    this.kinds = kinds;
    this.sizes = kinds.stream().mapToLong(Pieces::leftVectorEntries).toArray();
    this.lambda = lambda;
    this.squared = squared;
    this.left = new float[Math.toIntExact(Arrays.stream(sizes).sum())];
    for (int i = 0; i < left.length; i++) {
      left[i] = (float) random.nextGaussian();
    }
  }

  @Override
  public NDArray loss(NDArray rowLosses, Parameters parameters, TokenBatch batch) {
    NDArray start = Torch.floats(rowLosses.getManager(), left, left.length);
    NDArray sigmas = singularValues(parameters, Ops.split(start, sizes));
    NDArray sum = (squared ? sigmas.mul(sigmas) : sigmas).sum();
    return rowLosses.mean().add(Ops.scale(sum, lambda / 2));
  }

  /** Returns the singular values of all pieces; remembers the left vectors it ends with. */
  private NDArray singularValues(Parameters parameters, List<NDArray> start) {
    NDList sigmas = new NDList();
    NDList moved = new NDList();
    for (int kind = 0; kind < start.size(); kind++) {
      NDArray weights = kinds.get(kind).of(parameters); // (P, m, n)
      NDArray constant = weights.stopGradient();
      NDArray u = start.get(kind).reshape(kinds.get(kind).count(), -1, 1); // (P*m) -> (P, m, 1)
      NDArray v = unit(constant.transpose(0, 2, 1).matMul(u)); // (P, n, 1)
      u = unit(constant.matMul(v));
      sigmas.add(u.transpose(0, 2, 1).matMul(weights).matMul(v).flatten()); // (P, 1, 1) -> (P)
      moved.add(u.flatten());
    }
    left = NDArrays.concat(moved).toFloatArray();
    return NDArrays.concat(sigmas);
  }

  private static NDArray unit(NDArray vectors) {
    return vectors.normalize(2, 1, EPSILON);
  }

  @Override
  public Optional<float[]> state() {
    return Optional.of(left.clone());
  }

  @Override
  public void restore(float[] state) {
    if (state.length != left.length) {
      throw new IllegalArgumentException(
          "the state has " + state.length + " entries of left vectors, must have " + left.length);
    }
    left = state.clone();
  }
}
