package io.nepenthe.plugins.kfacedit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import io.nepenthe.data.Sequences;
import io.nepenthe.model.LinearMap;
import io.nepenthe.model.MlpTensors;
import io.nepenthe.model.Tap;
import io.nepenthe.plugin.MitigationContext;
import io.nepenthe.tensor.Torch;
import io.nepenthe.training.NextTokenLoss;
import io.nepenthe.training.TokenBatch;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The two factors of every MLP matrix's curvature, as sums over tokens: of a aᵀ, a being what the
 * matrix reads, and of g gᵀ, g being the gradient of the sum of all tokens' losses at what it
 * writes. Close it.
 */
final class Factors implements AutoCloseable {
  private final MitigationContext context;
  private final NDManager manager;
  private final Map<String, Pair> pairs = new LinkedHashMap<>();

  /**
   * A matrix's factors.
   *
   * @param map whose matrix it is
   * @param inputs (inputs, inputs)
   * @param outputs (outputs, outputs)
   */
  record Pair(LinearMap map, NDArray inputs, NDArray outputs) {}

  /** What a matrix read in one pass, and the leaf that its output's gradient comes to. */
  private record Pass(Pair pair, NDArray read, NDArray leaf) {}

  /** Begins with sums of zero. */
  Factors(MitigationContext context) {
    this.context = context;
    this.manager = context.weights().manager().newSubManager();
    int width = context.model().width();
    int units = context.model().hiddenUnits();
    for (MlpTensors mlp : context.model().mlp()) {
      mlp.in().forEach(map -> add(map, width, units));
      add(mlp.out(), units, width);
    }
  }

  private void add(LinearMap map, int inputs, int outputs) {
    pairs.put(map.weight(), new Pair(map, zeros(inputs), zeros(outputs)));
  }

  private NDArray zeros(int size) {
    return Torch.kept(manager, manager.zeros(new Shape(size, size)));
  }

  /** Returns the factors of every MLP matrix, in model order. */
  Stream<Pair> pairs() {
    return pairs.values().stream();
  }

  /** Adds some rows of the retain set, whole ones. */
  void add(int[] rows) {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      Sequences all = context.retainSet();
      TokenBatch batch = TokenBatch.of(manager, all, rows, context.trainedLength(all));
      List<Pass> passes = new ArrayList<>();
      Torch.withGradients(true, () -> Torch.backward(loss(batch, passes)));
      Torch.withGradients(false, () -> passes.forEach(Factors::add));
    }
  }

  private NDArray loss(TokenBatch batch, List<Pass> passes) {
    return NextTokenLoss.perToken(
            context.model(),
            context
                .weights()
                .parameters()
                .tapped((map, read, written) -> seen(map, read, written, passes)),
            batch,
            Tap.NONE)
        .sum();
  }

  private NDArray seen(LinearMap map, NDArray read, NDArray written, List<Pass> passes) {
    Pair pair = pairs.get(map.weight());
    if (pair == null) {
      return written; // attention's
    }
    NDArray leaf = written.zerosLike();
    leaf.setRequiresGradient(true);
    passes.add(new Pass(pair, read.stopGradient(), leaf));
    return written.add(leaf);
  }

  private static void add(Pass pass) {
    NDArray gradient = pass.leaf.getGradient(); // (N, outputs)
    pass.pair.inputs.addi(pass.read.transpose().matMul(pass.read));
    pass.pair.outputs.addi(gradient.transpose().matMul(gradient));
  }

  @Override
  public void close() {
    manager.close();
  }
}
