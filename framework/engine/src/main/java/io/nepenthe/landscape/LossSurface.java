package io.nepenthe.landscape;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import io.nepenthe.data.Sequences;
import io.nepenthe.metric.NextTokenMeasure;
import io.nepenthe.metric.NextTokenScore;
import io.nepenthe.model.LanguageModel;
import io.nepenthe.model.Weights;
import io.nepenthe.plugin.Progress;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import io.nepenthe.tensor.Ops;
import io.nepenthe.tensor.Torch;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** Losses on a plane around a model's weights. */
public final class LossSurface {
  private final Weights weights;
  private final Directions directions;
  private final LandscapeGrid grid;

  private LossSurface(Weights weights, Directions directions, LandscapeGrid grid) {
    this.weights = weights;
    this.directions = directions;
    this.grid = grid;
  }

  /**
   * Returns the mean loss of the rows, in nats per token, at every point of the grid: a list per
   * offset along the second direction, in it one number per offset along the first. Weights are
   * moved meanwhile, and are as before afterwards.
   */
  public static List<List<Double>> of(
      LanguageModel model,
      Weights weights,
      Sequences rows,
      LandscapeGrid grid,
      long seed,
      Progress progress) {
    Directions directions = Directions.of(model, weights.toFloats(), seed);
    List<List<Double>> losses = new ArrayList<>();
    Torch.withGradients(
        false,
        () -> losses.addAll(of(weights, directions, grid, at -> loss(model, at, rows), progress)));
    return List.copyOf(losses);
  }

  private static double loss(LanguageModel model, Weights weights, Sequences rows) {
    NextTokenScore score =
        NextTokenMeasure.score(
            model,
            weights.parameters().byBlock(),
            rows,
            NextTokenMeasure.NOTHING_PREDICTABLE,
            weights.manager());
    return score.totalLoss() / score.targets();
  }

  /** Returns any loss of weights at every point of the grid; call it without gradients. */
  static List<List<Double>> of(
      Weights weights,
      Directions directions,
      LandscapeGrid grid,
      ToDoubleFunction<Weights> loss,
      Progress progress) {
    return new LossSurface(weights, directions, grid).losses(loss, progress);
  }

  private List<List<Double>> losses(ToDoubleFunction<Weights> loss, Progress progress) {
    List<Double> offsets = grid.offsets();
    long total = (long) offsets.size() * offsets.size();
    List<List<Double>> losses = new ArrayList<>();
    try (NDManager own = weights.manager().newSubManager()) {
      NDArray centre = Torch.kept(own, weights.flat().duplicate());
      NDArray first = Torch.floats(own, directions.first(), centre.size());
      NDArray second = Torch.floats(own, directions.second(), centre.size());
      try {
        for (double y : offsets) {
          List<Double> line = new ArrayList<>();
          for (double x : offsets) {
            line.add(loss(loss, centre, first, x, second, y));
            progress.update((long) losses.size() * offsets.size() + line.size(), total);
          }
          losses.add(List.copyOf(line));
        }
      } finally {
        Ops.copyInPlace(weights.flat(), centre);
      }
    }
    return losses;
  }

  private double loss(
      ToDoubleFunction<Weights> loss,
      NDArray centre,
      NDArray first,
      double x,
      NDArray second,
      double y) {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      // 0 times a direction adds nothing: the centre is the model itself, to the last bit.
      NDArray moved = centre.add(Ops.scale(first, x)).add(Ops.scale(second, y));
      Ops.copyInPlace(weights.flat(), moved);
      double value = loss.applyAsDouble(weights);
      if (!Double.isFinite(value)) {
        throw new NepentheException(
            ErrorCode.BAD_USAGE,
            "the loss at offsets (%s, %s) is %s. Give a smaller --distance."
                .formatted(x, y, value));
      }
      return value;
    }
  }
}
