package io.nepenthe.editing;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import io.nepenthe.data.MiniBatches;
import io.nepenthe.data.Sequences;
import io.nepenthe.model.Parameters;
import io.nepenthe.model.Tap;
import io.nepenthe.plugin.MitigationContext;
import io.nepenthe.plugin.Progress;
import io.nepenthe.protocol.Quirk;
import io.nepenthe.tensor.AdamWSettings;
import io.nepenthe.tensor.Ops;
import io.nepenthe.tensor.Torch;
import io.nepenthe.training.NextTokenLoss;
import io.nepenthe.training.TokenBatch;
import java.util.List;
import java.util.function.DoublePredicate;
import java.util.function.DoubleSupplier;
import java.util.function.UnaryOperator;

/**
 * Learns one number per neuron: which neurons does the model need to reproduce the memorized rows
 * (UNLEARNING 3, 4)? L = layers, H = hidden units of an MLP.
 *
 * <p>Each neuron's activation is multiplied by a gate that depends on its number. What is minimised
 * is the mean language-model loss of a mini-batch plus 1000 times a penalty on open gates, by Adam
 * with learning rate 0.1 as PyTorch defines it. The numbers, (L, H), are the only leaf: nothing is
 * differentiated for the model's weights, which are only read. Deterministic on one device with one
 * number of threads. Not thread-safe; close it.
 */
public final class NeuronGates implements AutoCloseable {
  private static final int BATCH = 32;
  private static final double PENALTY_WEIGHT = 1000;
  private static final AdamWSettings ADAM = new AdamWSettings(0.1, 0.9, 0.999, 1e-8, 0);

  /** What the numbers mean; differentiable. */
  public interface Objective {
    /** Returns the factor of every neuron's activation, (L, H); called once per mini-batch. */
    NDArray gates(NDArray numbers);

    /** Returns how far the gates are open, a scalar. */
    NDArray penalty(NDArray numbers);
  }

  private final MitigationContext context;
  private final Sequences memorized;
  private final NDManager manager;
  private final NDArray numbers;
  private final NDArray mean;
  private final NDArray variance;
  private final boolean blocksRunAlone;
  private long steps;

  /**
   * Prepares the learning.
   *
   * @param start gives every neuron's first number, layer after layer
   */
  public NeuronGates(MitigationContext context, DoubleSupplier start) {
    this(context, start, Blocks.areRunAlone(context.weights()));
  }

  NeuronGates(MitigationContext context, DoubleSupplier start, boolean blocksRunAlone) {
    this.context = context;
    this.blocksRunAlone = blocksRunAlone;
    this.memorized = context.forgetSet();
    this.manager = context.weights().manager().newSubManager();
    this.numbers = filled(start);
    this.mean = filled(() -> 0);
    this.variance = filled(() -> 0);
    numbers.setRequiresGradient(true);
  }

  private NDArray filled(DoubleSupplier value) {
    int layers = context.model().layers();
    int units = context.model().hiddenUnits();
    float[] values = new float[layers * units];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) value.getAsDouble();
    }
    return Torch.kept(manager, Torch.floats(manager, values, layers, units));
  }

  /**
   * Takes the steps of one epoch, one per mini-batch of the forget set, in order. The gradient is
   * cleared before every step; in reference fidelity before the first only, so that it adds up over
   * the epoch (UNLEARNING_QUIRKS Q-6).
   *
   * @param enough ends the epoch early, after a step with such a penalty
   * @param progress is told before each step
   */
  public void epoch(Objective objective, DoublePredicate enough, Progress progress) {
    boolean addsUp = context.reproduces(Quirk.GRADIENTS_CLEARED_PER_EPOCH);
    List<int[]> batches = MiniBatches.inOrder(memorized.rows(), BATCH);
    for (int b = 0; b < batches.size(); b++) {
      progress.update(b, batches.size());
      if (b == 0 || !addsUp) {
        clear();
      }
      double penalty = add(objective, batches.get(b));
      step();
      if (enough.test(penalty)) {
        return;
      }
    }
  }

  /** Adds the gradient of the objective on some of the forget rows; returns the penalty. */
  public double add(Objective objective, int[] rows) {
    double[] value = new double[1];
    Torch.withGradients(true, () -> value[0] = addRecorded(objective, rows));
    return value[0];
  }

  private double addRecorded(Objective objective, int[] rows) {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      NDArray penalty = objective.penalty(numbers);
      NDArray gates = objective.gates(numbers);
      NDArray used = blocksRunAlone ? cut(gates) : gates;
      NDArray loss = languageModelLoss(used, rows);
      Torch.backward(loss.add(Ops.scale(penalty, PENALTY_WEIGHT)));
      if (blocksRunAlone) {
        Torch.backward(gates, used.getGradient());
      }
      return penalty.getFloat();
    }
  }

  /** Returns the same gates as a leaf, to which every block brings its gradient by itself. */
  private static NDArray cut(NDArray gates) {
    NDArray leaf = gates.stopGradient();
    leaf.setRequiresGradient(true);
    return leaf;
  }

  private NDArray languageModelLoss(NDArray gates, int[] rows) {
    NDManager owner = context.weights().manager();
    TokenBatch batch = TokenBatch.of(owner, memorized, rows, context.trainedLength(memorized));
    Tap gated = (layer, activation) -> activation.mul(gates.get(layer)); // (B, T, H) * (H)
    Parameters all = context.weights().parameters();
    Parameters parameters = blocksRunAlone ? all.byBlock() : all;
    return NextTokenLoss.perToken(context.model(), parameters, batch, gated).mean();
  }

  /** Takes one step of Adam along the gradient that has added up. */
  public void step() {
    Torch.withGradients(
        false,
        () -> {
          try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            Ops.adamWInPlace(numbers, numbers.getGradient(), mean, variance, ADAM, ++steps);
          }
        });
  }

  /** Returns a copy of the gradient that has added up, layer after layer, L * H. */
  public float[] gradient() {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      return numbers.getGradient().toFloatArray();
    }
  }

  /** Begins a new sum of gradients. */
  public void clear() {
    Torch.zeroGradient(numbers);
  }

  /** Returns a copy of the numbers, layer after layer, L * H. */
  public float[] numbers() {
    return numbers.toFloatArray();
  }

  /**
   * Returns the scores that the numbers mean now.
   *
   * @param score of each number, (L, H) to (L, H)
   */
  public NeuronScores scores(UnaryOperator<NDArray> score) {
    float[][] all = new float[1][];
    Torch.withGradients(
        false,
        () -> {
          try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            all[0] = score.apply(numbers).toFloatArray();
          }
        });
    return NeuronScores.of(all[0], context.model().layers());
  }

  @Override
  public void close() {
    manager.close();
  }
}
