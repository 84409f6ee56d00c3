package io.nepenthe.editing;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import io.nepenthe.model.LanguageModel;
import io.nepenthe.model.LinearMap;
import io.nepenthe.model.MlpTensors;
import io.nepenthe.model.Parameters;
import io.nepenthe.model.Weights;
import io.nepenthe.tensor.Ops;
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
  private record Scored(NDArray values, NDArray scores, NDArray momentum, int drop) {
    NDArray mask() {
      return drop == 0 ? values.onesLike() : Ops.keepLargestMask(scores, drop);
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
    long[] shape = weights.layout().tensor(name).dimensions();
    float[] start = new float[Math.toIntExact(weights.layout().tensor(name).size())];
    float bound = (float) (1 / Math.sqrt(outputs));
    for (int i = 0; i < start.length; i++) {
      start[i] = bound * (2 * random.nextFloat() - 1);
    }
    NDArray values = weights.tensor(name);
    return new Scored(
        Torch.kept(manager, values),
        Torch.kept(manager, Torch.floats(manager, start, shape)),
        Torch.kept(manager, Torch.floats(manager, new float[start.length], shape)),
        Selection.count(start.length, ratio));
  }

  /** Returns how many entries are masked in all. */
  public int dropped() {
    return tensors.values().stream().mapToInt(Scored::drop).sum();
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

  /** Returns the masked entries of each matrix, by flat index in stored order, rising. */
  public Map<String, int[]> droppedEntries() {
    Map<String, int[]> dropped = new LinkedHashMap<>();
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      Torch.withGradients(
          false, () -> tensors.forEach((name, t) -> dropped.put(name, zeros(t.mask(), t.drop))));
    }
    return dropped;
  }

  private static int[] zeros(NDArray mask, int count) {
    float[] values = mask.toFloatArray();
    int[] zeros = new int[count];
    int found = 0;
    for (int i = 0; i < values.length; i++) {
      if (values[i] == 0) {
        zeros[found++] = i;
      }
    }
    return zeros;
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
