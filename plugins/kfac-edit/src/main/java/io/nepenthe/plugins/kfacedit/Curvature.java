package io.nepenthe.plugins.kfacedit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import io.nepenthe.model.LinearMap;
import io.nepenthe.model.Weights;
import io.nepenthe.plugin.MitigationContext;
import io.nepenthe.tensor.Ops;
import io.nepenthe.tensor.Script;
import io.nepenthe.tensor.Torch;
import java.util.ArrayList;
import java.util.List;

/**
 * The curvature of every MLP matrix, in the basis that makes it diagonal. A matrix that is turned
 * into the eigenvectors of its two factors has an entry for every pair of them, whose curvature is
 * the product of their eigenvalues. Close it.
 */
final class Curvature implements AutoCloseable {
  private final NDManager manager;
  private final List<Basis> bases = new ArrayList<>();

  private static final class Holder {
    static final Script SCRIPT = Script.of(Curvature.class, "curvature.py");
  }

  /**
   * The basis of one matrix: eigenvalues in the first row, eigenvectors in columns below it, in 64
   * bits.
   *
   * @param inputs (inputs + 1, inputs)
   * @param outputs (outputs + 1, outputs)
   */
  private record Basis(LinearMap map, NDArray inputs, NDArray outputs) {}

  /** Decomposes the factors. */
  Curvature(Factors factors, MitigationContext context) {
    this.manager = context.weights().manager().newSubManager();
    Torch.withGradients(
        false,
        () ->
            factors
                .pairs()
                .map(pair -> new Basis(pair.map(), eigen(pair.inputs()), eigen(pair.outputs())))
                .forEach(bases::add));
  }

  private NDArray eigen(NDArray sum) {
    return Torch.kept(manager, Holder.SCRIPT.run("eigen", sum));
  }

  /** Keeps the entries of largest curvature of every matrix, up to a share of the sum of all. */
  void keep(double energy, Weights weights) {
    Torch.withGradients(false, () -> bases.forEach(basis -> keep(basis, energy, weights)));
  }

  private static void keep(Basis basis, double energy, Weights weights) {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      LinearMap map = basis.map;
      NDArray matrix = map.matrix(weights.parameters()); // (inputs, outputs)
      NDArray edited = Holder.SCRIPT.run("edited", matrix, basis.inputs, basis.outputs, energy);
      Ops.copyInPlace(
          weights.tensor(map.weight()), map.inputsFirst() ? edited : edited.transpose());
    }
  }

  @Override
  public void close() {
    manager.close();
  }
}
