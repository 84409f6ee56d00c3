package io.nepenthe.editing;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import io.nepenthe.model.LanguageModel;
import io.nepenthe.model.LinearMap;
import io.nepenthe.model.MlpTensors;
import io.nepenthe.model.Parameters;
import io.nepenthe.model.Weights;
import io.nepenthe.tensor.Entries;
import io.nepenthe.tensor.Ops;
import io.nepenthe.tensor.Pieces;
import io.nepenthe.tensor.Torch;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * Learned masks over the MLP weight matrices W1 and W2, biases left alone (UNLEARNING 10, 11).
 *
 * <p>Each weight has a score; the {@code floor(size * ratio)} weights of smallest absolute score of
 * each matrix are masked out, equal ones from the lowest flat index up. Scores start uniform in
 * (-b, b), b = 1 / sqrt(outputs of the matrix). A step is SGD on the scores, straight through mask
 * and absolute value: dJ/ds = dJ/dW_eff * w * sign(s), where W_eff = w * mask is the only leaf of
 * the graph. The weights themselves are only read. Not thread-safe; close it.
 */
public final class ScoreMasks implements AutoCloseable {
  /**
   * How scores are trained.
   *
   * @param learningRate step size
   * @param momentum share of the last step that is kept
   * @param decay added to the gradient, times the score, before the momentum
   */
  public record Sgd(double learningRate, double momentum, double decay) {
    /** TinyMem's: 0.1, 0.9, 5e-4. */
    public static final Sgd TINY_MEM = new Sgd(0.1, 0.9, 5e-4);
  }

  private final Weights weights;
  private final Sgd sgd;
  private final NDManager manager;
  private final Map<String, Scored> tensors = new LinkedHashMap<>();

  /** One matrix: its frozen values, scores and momentum buffer, and how many entries to drop. */
  private record Scored(NDArray values, NDArray scores, NDArray momentum, long drop) {
    NDArray mask() {
      return drop == 0 ? values.onesLike() : Entries.keepLargestMask(scores, drop);
    }
  }

  /**
   * Draws scores.
   *
   * @param ratio share of each matrix to drop, in [0, 1]
   * @param random where the first scores come from, matrix after matrix in model order
   */
  public ScoreMasks(
      LanguageModel model, Weights weights, double ratio, Sgd sgd, RandomGenerator random) {
    this.weights = weights;
    this.sgd = sgd;
    this.manager = weights.manager().newSubManager();
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      for (MlpTensors mlp : model.mlp()) {
        for (LinearMap map : mlp.in()) {
          tensors.put(map.weight(), scored(map.weight(), ratio, model.hiddenUnits(), random));
        }
        String out = mlp.out().weight();
        tensors.put(out, scored(out, ratio, model.width(), random));
      }
    }
  }

  private Scored scored(String name, double ratio, int outputs, RandomGenerator random) {
    NDArray values = weights.tensor(name);
    NDArray start = values.zerosLike();
    float bound = (float) (1 / Math.sqrt(outputs));
    Pieces.fill(start, () -> bound * (2 * random.nextFloat() - 1));
    return new Scored(
        Torch.kept(manager, values),
        Torch.kept(manager, start),
        Torch.kept(manager, values.zerosLike()),
        Selection.count(values.size(), ratio));
  }

  /** Returns how many entries are masked in all. */
  public long dropped() {
    return tensors.values().stream().mapToLong(Scored::drop).sum();
  }

  /**
   * Takes one step on the scores.
   *
   * @param loss what to minimise, a scalar, given the parameters with their masked matrices; its
   *     arrays belong to the scope of this step
   */
  public void step(Function<Parameters, NDArray> loss) {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      Map<String, NDArray> leaves = new LinkedHashMap<>();
      Torch.withGradients(false, () -> tensors.forEach((n, t) -> leaves.put(n, masked(t))));
      Torch.withGradients(
          true,
          () -> {
            Parameters parameters = weights.parameters();
            for (Map.Entry<String, NDArray> leaf : leaves.entrySet()) {
              leaf.getValue().setRequiresGradient(true);
              parameters = parameters.with(leaf.getKey(), leaf.getValue());
            }
            Torch.backward(loss.apply(parameters));
          });
      Torch.withGradients(false, () -> tensors.forEach((n, t) -> update(t, leaves.get(n))));
    }
  }

  private static NDArray masked(Scored tensor) {
    return tensor.values.mul(tensor.mask()); // the mask itself may not be written to
  }

  private void update(Scored tensor, NDArray leaf) {
    NDArray gradient = leaf.getGradient().mul(tensor.values).muli(tensor.scores.sign());
    Ops.sgdInPlace(
        tensor.scores, gradient, tensor.momentum, sgd.learningRate, sgd.momentum, sgd.decay);
  }

  /** Returns which entries are kept now; later steps do not change it. */
  public EntryMasks kept() {
    EntryMasks kept = new EntryMasks(weights);
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      for (Map.Entry<String, Scored> tensor : tensors.entrySet()) {
        if (tensor.getValue().drop > 0) {
          Torch.withGradients(false, () -> kept.put(tensor.getKey(), tensor.getValue().mask()));
        }
      }
    }
    return kept;
  }

  /** Returns a copy of a matrix's scores in stored order. */
  public float[] scores(String tensor) {
    return tensors.get(tensor).scores.toFloatArray();
  }

  @Override
  public void close() {
    manager.close();
  }
}
