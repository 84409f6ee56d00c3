package io.nepenthe.editing;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import io.nepenthe.model.LanguageModel;
import io.nepenthe.model.LateTensors;
import io.nepenthe.model.LinearMap;
import io.nepenthe.model.MlpTensors;
import io.nepenthe.model.Parameters;
import io.nepenthe.model.Weights;
import io.nepenthe.tensor.Entries;
import io.nepenthe.tensor.FloatArrays;
import io.nepenthe.tensor.Ops;
import io.nepenthe.tensor.Pieces;
import io.nepenthe.tensor.Torch;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Learned masks over the MLP weight matrices W1 and W2, biases left alone (UNLEARNING 10, 11).
 *
 * <p>Each weight has a score; the {@code floor(size * ratio)} weights of smallest absolute score of
 * each matrix are masked out, equal ones from the lowest flat index up. Scores start uniform in
 * (-b, b), b = 1 / sqrt(outputs of the matrix). A step is SGD on the scores, straight through mask
 * and absolute value: dJ/ds = dJ/dW_eff * w * sign(s), where W_eff = w * mask is the only leaf of
 * the graph. The weights themselves are only read. Of a large model, a block at a time has its
 * masked weights, and its scores step before those of the block before it. Not thread-safe; close
 * it.
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
  private final boolean blocksRunAlone;
  private final Sgd sgd;
  private final NDManager manager;
  private final Map<String, Scored> tensors = new LinkedHashMap<>();
  private final Map<String, NDArray> momenta = new HashMap<>();
  private long stepsLeft = Long.MAX_VALUE;

  /** One matrix: its scores, and how many entries to drop. */
  private record Scored(NDArray scores, long drop) {
    /** Returns where the dropped entries end; null if none is. */
    Selection.@Nullable Cut cut() {
      return drop == 0 ? null : Selection.cutSmallest(scores, drop);
    }

    /** Returns where entries are dropped, as booleans of its shape. */
    NDArray dropped(Selection.Cut cut) {
      return cut.chosen(Selection.smallness(scores));
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
    this(model, weights, ratio, sgd, random, Blocks.areRunAlone(weights));
  }

  ScoreMasks(
      LanguageModel model,
      Weights weights,
      double ratio,
      Sgd sgd,
      RandomGenerator random,
      boolean blocksRunAlone) {
    this.weights = weights;
    this.blocksRunAlone = blocksRunAlone;
    this.sgd = sgd;
    this.manager = weights.manager().newSubManager();
    for (MlpTensors mlp : model.mlp()) {
      for (LinearMap map : mlp.in()) {
        draw(map.weight(), ratio, model.hiddenUnits(), random);
      }
      draw(mlp.out().weight(), ratio, model.width(), random);
    }
  }

  private void draw(String name, double ratio, int outputs, RandomGenerator random) {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      Shape shape = weights.tensor(name).getShape();
      NDArray start = manager.zeros(shape);
      float bound = (float) (1 / Math.sqrt(outputs));
      Pieces.fill(start, () -> bound * (2 * random.nextFloat() - 1));
      long drop = Selection.count(shape.size(), ratio);
      tensors.put(name, new Scored(Torch.kept(manager, start), drop));
    }
  }

  /** Says how many steps are still to be taken: the last leaves no momentum behind. */
  void expect(long steps) {
    stepsLeft = steps;
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
    stepsLeft--;
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      if (blocksRunAlone) {
        stepByBlock(loss);
      } else {
        stepOnLeaves(loss);
      }
    }
  }

  private void stepOnLeaves(Function<Parameters, NDArray> loss) {
    Map<String, NDArray> leaves = new LinkedHashMap<>();
    Torch.withGradients(false, () -> tensors.forEach((n, t) -> leaves.put(n, masked(n, t.cut()))));
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
    Torch.withGradients(
        false, () -> leaves.forEach((name, leaf) -> update(name, leaf.getGradient())));
  }

  private void stepByBlock(Function<Parameters, NDArray> loss) {
    Masked masked = new Masked();
    Torch.withGradients(
        true, () -> Torch.backward(loss.apply(weights.parameters().byBlock(masked))));
    Torch.withGradients(false, masked::updateOthers);
  }

  /** Masked matrices that are there while their block runs, and scores that step behind it. */
  private final class Masked implements LateTensors {
    private final Set<String> waiting = new LinkedHashSet<>(tensors.keySet());
    private final Map<String, Selection.@Nullable Cut> cuts = new HashMap<>();

    @Override
    public boolean has(String name) {
      return tensors.containsKey(name);
    }

    @Override
    public NDArray make(String name) {
      return masked(name, cuts.computeIfAbsent(name, each -> tensors.get(each).cut()));
    }

    @Override
    public void take(String name, NDArray gradient) {
      update(name, gradient);
      waiting.remove(name);
    }

    /** Momentum and decay go on where no gradient came. */
    void updateOthers() {
      for (String name : waiting) {
        update(name, tensors.get(name).scores.zerosLike());
      }
    }
  }

  /** Returns weight * mask. */
  private NDArray masked(String name, Selection.@Nullable Cut cut) {
    return Torch.alone(
        () -> {
          NDArray own = weights.tensor(name);
          NDArray kept = FloatArrays.isHalf(own) ? FloatArrays.widened(own) : own.duplicate();
          if (cut != null) {
            Entries.dropInPlace(kept, tensors.get(name).dropped(cut));
          }
          return kept;
        });
  }

  /** Steps on a tensor's scores, given the gradient at its masked weights, which is used up. */
  private void update(String name, NDArray gradient) {
    Scored tensor = tensors.get(name);
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      NDArray atScores =
          gradient.muli(FloatArrays.widened(weights.tensor(name))).muli(tensor.scores.sign());
      NDArray before = momenta.get(name);
      NDArray momentum = before == null ? tensor.scores.zerosLike() : before;
      Ops.sgdInPlace(tensor.scores, atScores, momentum, sgd.learningRate, sgd.momentum, sgd.decay);
      if (before == null && sgd.momentum != 0 && stepsLeft > 0) {
        momenta.put(name, Torch.kept(manager, momentum));
      }
    }
  }

  /** Returns which entries are kept now; later steps do not change it. */
  public EntryMasks kept() {
    EntryMasks kept = new EntryMasks(weights);
    Torch.withGradients(
        false,
        () ->
            tensors.forEach(
                (name, tensor) -> {
                  Selection.Cut cut = tensor.cut();
                  if (cut != null) {
                    try (NDScope scope = new NDScope()) {
                      scope.suppressNotUsedWarning();
                      kept.put(name, tensor.dropped(cut).logicalNot());
                    }
                  }
                }));
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
