package io.nepenthe.editing;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import io.nepenthe.model.LateTensors;
import io.nepenthe.model.Parameters;
import io.nepenthe.model.Weights;
import io.nepenthe.tensor.Entries;
import io.nepenthe.tensor.FloatArrays;
import io.nepenthe.tensor.Torch;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Sums of gradients at some tensors: where a model's weights are leaves, and what they get. */
interface GradientSums {
  /** Returns the model's parameters, of which these tensors are leaves. */
  Parameters leaves();

  /** Returns the sum at a tensor; it belongs to this. */
  NDArray at(String tensor);

  /** Frees the sum at a tensor, which gets no more. */
  void forget(String tensor);

  /** Begins new sums. */
  void clear();

  /**
   * Returns the entry with the largest weight * gradient of one pass, its array counted in model
   * order; equal ones: the first. Sums so far are lost.
   *
   * @param pass goes forward and backward with parameters that belong to its scope
   */
  Entries.Entry largestProduct(Consumer<Supplier<Parameters>> pass);

  /**
   * Returns sums of zero, in a manager.
   *
   * @param blocksRunAlone true if a block's leaves are there only while it runs
   */
  static GradientSums of(
      List<String> tensors, Weights weights, NDManager manager, boolean blocksRunAlone) {
    return blocksRunAlone
        ? new OfBlocks(tensors, weights, manager)
        : new OfLeaves(tensors, weights, manager);
  }

  /** Leaves that stay, over the memory of the weights; libtorch adds up. */
  final class OfLeaves implements GradientSums {
    private final Weights weights;
    private final Map<String, NDArray> leaves = new LinkedHashMap<>();

    OfLeaves(List<String> tensors, Weights weights, NDManager manager) {
      this.weights = weights;
      try (NDScope scope = new NDScope()) {
        scope.suppressNotUsedWarning();
        for (String tensor : tensors) {
          NDArray leaf = Torch.kept(manager, FloatArrays.widened(weights.tensor(tensor)));
          leaf.setRequiresGradient(true);
          leaves.put(tensor, leaf);
        }
      }
    }

    @Override
    public Parameters leaves() {
      Parameters all = weights.parameters();
      for (Map.Entry<String, NDArray> leaf : leaves.entrySet()) {
        all = all.with(leaf.getKey(), leaf.getValue());
      }
      return all;
    }

    @Override
    public NDArray at(String tensor) {
      return leaves.get(tensor).getGradient();
    }

    @Override
    public void forget(String tensor) {
      leaves.get(tensor).close();
    }

    @Override
    public Entries.Entry largestProduct(Consumer<Supplier<Parameters>> pass) {
      clear();
      pass.accept(this::leaves);
      try (NDScope scope = new NDScope()) {
        scope.suppressNotUsedWarning();
        NDList values = new NDList(leaves.values());
        NDList gradients = new NDList(leaves.values().stream().map(NDArray::getGradient).toList());
        return Entries.largestProduct(values, gradients);
      } finally {
        clear();
      }
    }

    @Override
    public void clear() {
      leaves.values().forEach(Torch::zeroGradient);
    }
  }

  /** Leaves that are there while their block runs; a block's gradients are added at once. */
  final class OfBlocks implements GradientSums, LateTensors {
    private final List<String> tensors;
    private final Weights weights;
    private final NDManager manager;
    private final Map<String, NDArray> sums = new HashMap<>();

    OfBlocks(List<String> tensors, Weights weights, NDManager manager) {
      this.tensors = tensors;
      this.weights = weights;
      this.manager = manager;
    }

    @Override
    public Parameters leaves() {
      return weights.parameters().byBlock(this);
    }

    @Override
    public boolean has(String name) {
      return tensors.contains(name);
    }

    @Override
    public NDArray make(String name) {
      return FloatArrays.widened(weights.tensor(name));
    }

    @Override
    public void take(String name, NDArray gradient) {
      NDArray sum = sums.putIfAbsent(name, gradient);
      if (sum == null) {
        Torch.kept(manager, gradient);
      } else {
        sum.addi(gradient);
      }
    }

    @Override
    public NDArray at(String tensor) {
      return sums.computeIfAbsent(
          tensor, name -> Torch.kept(manager, manager.zeros(weights.tensor(name).getShape())));
    }

    @Override
    public void forget(String tensor) {
      NDArray sum = sums.remove(tensor);
      if (sum != null) {
        sum.close();
      }
    }

    @Override
    public Entries.Entry largestProduct(Consumer<Supplier<Parameters>> pass) {
      LargestProduct largest = new LargestProduct(tensors, weights);
      pass.accept(() -> weights.parameters().byBlock(largest));
      return largest.found();
    }

    @Override
    public void clear() {
      sums.values().forEach(NDArray::close);
      sums.clear();
    }
  }
}
