package io.nepenthe.tensor;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Every operator of this package, with small inputs that are the same on every device. */
final class OperatorCases {
  private static final double EXACT = 1e-4;
  private static final double HALF = 2e-2;
  private static final long B = 2; // rows
  private static final long T = 5; // tokens
  private static final long N = B * T;
  private static final long H = 4; // heads
  private static final long G = 2; // heads with keys of their own
  private static final long D = 8; // width of a head

  /**
   * One of them.
   *
   * @param name of the method, and maybe words after it
   * @param tolerance by which devices may differ, of the larger of a value and 1
   * @param run returns arrays, or numbers
   */
  record Case(String name, double tolerance, Function<Given, List<?>> run) {
    String method() {
      return name.split(" ", -1)[0];
    }

    /** Returns all that it computes on a device, and the gradient of every leaf. */
    List<float[]> results(Device device) {
      List<float[]> results = new ArrayList<>();
      try (NDManager manager = Torch.newManager(device)) {
        Torch.withGradients(
            true,
            () -> {
              try (NDScope scope = new NDScope()) {
                scope.suppressNotUsedWarning();
                add(new Given(manager), results);
              }
            });
      }
      return results;
    }

    private void add(Given given, List<float[]> results) {
      NDList differentiable = new NDList();
      for (Object each : run.apply(given)) {
        results.add(numbers(each));
        if (each instanceof NDArray array && Ops.requiresGradient(array)) {
          differentiable.add(given.floats(array.getShape().getShape()).mul(array).sum());
        }
      }
      differentiable.stream().reduce(NDArray::add).ifPresent(Torch::backward);
      if (!differentiable.isEmpty()) {
        given.leaves.forEach(leaf -> results.add(leaf.getGradient().toFloatArray()));
      }
    }

    private static float[] numbers(Object result) {
      if (result instanceof long[] counts) {
        float[] numbers = new float[counts.length];
        for (int i = 0; i < numbers.length; i++) {
          numbers[i] = counts[i];
        }
        return numbers;
      }
      if (result instanceof Number number) {
        return new float[] {number.floatValue()};
      }
      return ((NDArray) result).toType(DataType.FLOAT32, false).toFloatArray();
    }

    @Override
    public String toString() {
      return name;
    }
  }

  /** Makes inputs. */
  static final class Given {
    private final Random random = new Random(7);
    private final NDManager manager;
    private final List<NDArray> leaves = new ArrayList<>();

    private Given(NDManager manager) {
      this.manager = manager;
    }

    /** Returns numbers between -1 and 1. */
    NDArray floats(long... shape) {
      float[] values = new float[(int) new Shape(shape).size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = 2 * random.nextFloat() - 1;
      }
      return Torch.floats(manager, values, shape);
    }

    /** Returns the same, as a leaf whose gradient is compared too. */
    NDArray leaf(long... shape) {
      NDArray leaf = floats(shape);
      leaf.setRequiresGradient(true);
      leaves.add(leaf);
      return leaf;
    }

    NDArray ids(int below, int count) {
      return Torch.longs(manager, random.longs(count, 0, below).toArray(), count);
    }
  }

  private OperatorCases() {}

  private static Case exact(String name, Function<Given, List<?>> run) {
    return new Case(name, EXACT, run);
  }

  private static Case half(String name, Function<Given, List<?>> run) {
    return new Case(name, HALF, run);
  }

  private static Case unary(String name, Function<NDArray, NDArray> operator) {
    return exact(name, g -> List.of(operator.apply(g.leaf(3, 7))));
  }

  static List<Case> all() {
    List<Case> all = new ArrayList<>(products());
    all.addAll(pointwise());
    all.addAll(attention());
    all.addAll(losses());
    all.addAll(steps());
    all.addAll(entries());
    return all;
  }

  private static List<Case> products() {
    return List.of(
        exact("linear", g -> List.of(Ops.linear(g.leaf(N, 3), g.leaf(3, 6), g.leaf(6)))),
        exact("linear without bias", g -> List.of(Ops.linear(g.leaf(N, 3), g.leaf(3, 6), null))),
        exact(
            "linear of many rows",
            g -> List.of(Ops.linear(g.leaf(32 * T, 3), g.leaf(3, 6), g.leaf(6), 32))),
        half(
            "linear in bfloat16",
            g -> List.of(Ops.linear(g.leaf(N, 3), g.leaf(3, 6), g.leaf(6), B, FloatType.BFLOAT16))),
        exact(
            "logits",
            g -> List.of(VocabularyHead.logits(g.leaf(N, 3), g.leaf(6, 3), FloatType.FLOAT32))),
        half(
            "logits in bfloat16",
            g -> List.of(VocabularyHead.logits(g.leaf(N, 3), g.leaf(6, 3), FloatType.BFLOAT16))),
        exact(
            "ofFewRows",
            g -> List.of(MatrixProduct.ofFewRows(g.floats(4, 3), g.floats(6, 3), g.floats(6)))),
        exact("embedding", g -> List.of(Ops.embedding(g.ids(6, 9), g.leaf(6, 3)))),
        exact(
            "productInto",
            g -> {
              NDArray result = g.floats(4, 6);
              Ops.productInto(g.floats(4, 3), g.floats(3, 6), result, FloatType.FLOAT32);
              return List.of(result);
            }),
        exact(
            "addTransposedProductInPlace",
            g -> {
              NDArray sum = g.floats(3, 6);
              Ops.addTransposedProductInPlace(sum, g.floats(4, 3), g.floats(4, 6));
              return List.of(sum);
            }));
  }

  private static List<Case> pointwise() {
    return List.of(
        unary("relu", Ops::relu),
        unary("squaredRelu", Ops::squaredRelu),
        unary("silu", Ops::silu),
        unary("quickGelu", Ops::quickGelu),
        unary("gelu", Ops::gelu),
        unary("geluTanh", Ops::geluTanh),
        unary("clampToUnit", Ops::clampToUnit),
        unary("sigmoid", Ops::sigmoid),
        unary("logSigmoid", Ops::logSigmoid),
        unary("scale", x -> Ops.scale(x, 0.3)),
        exact("scalar", g -> List.of(Ops.scalar(g.floats(2), 0.3))),
        exact(
            "maskReluInPlace",
            g ->
                List.of(
                    Ops.maskReluInPlace(
                        Ops.relu(g.leaf(3, 7)), g.ids(2, 7).toType(DataType.FLOAT32, true)))),
        exact("layerNorm", g -> List.of(Ops.layerNorm(g.leaf(N, D), g.leaf(D), g.leaf(D), 1e-5))),
        exact("rmsNorm", g -> List.of(Ops.rmsNorm(g.leaf(N, D), g.leaf(D), 1e-5))),
        exact("split", g -> Ops.split(g.leaf(9), new long[] {2, 3, 4})));
  }

  private static List<Case> attention() {
    return List.of(
        exact("causalAttention", g -> List.of(Ops.causalAttention(g.leaf(N, 3 * H * D), B, H))),
        exact(
            "turned", g -> List.of(RotaryOps.turned(g.leaf(B, T, H, D), g.floats(2, T, 1, D - 2)))),
        exact(
            "causalAttention with turns",
            g ->
                List.of(
                    RotaryOps.causalAttention(
                        g.leaf(B, T, H, D),
                        g.leaf(B, T, G, D),
                        g.leaf(B, T, G, D),
                        g.floats(2, T, 1, D)))),
        exact(
            "windowAttention",
            g ->
                List.of(
                    RotaryOps.windowAttention(
                        g.leaf(B, T, H, D),
                        g.leaf(B, T, G, D),
                        g.leaf(B, T, G, D),
                        g.floats(2, T, 1, D),
                        2))),
        exact("continuedAttention", g -> continued(g, null)),
        exact("continuedAttention with turns", g -> continued(g, g.floats(2, 1, 1, D))),
        exact("turns", g -> List.of(RotaryOps.turns(g.floats(T, 1), g.floats(1, 4)))),
        exact(
            "branchAttention",
            g ->
                List.of(
                    Ops.branchAttention(
                        g.leaf(B, H, 3, D),
                        g.leaf(B, G, 3, D),
                        g.leaf(B, G, 3, D),
                        g.leaf(B, G, T, D),
                        g.leaf(B, G, T, D),
                        g.floats(3, T)))));
  }

  /** Writes the third of five tokens behind two. */
  private static List<NDArray> continued(Given g, @Nullable NDArray turns) {
    NDArray keys = g.floats(B, G, T, D);
    NDArray values = g.floats(B, G, T, D);
    NDArray seen =
        Ops.continuedAttention(
            g.floats(B, 1, H, D),
            g.floats(B, 1, G, D),
            g.floats(B, 1, G, D),
            turns,
            keys,
            values,
            2,
            T);
    return List.of(seen, keys, values);
  }

  private static List<Float> predicted(Given g, int classes) {
    int count = 9;
    Predictions all =
        VocabularyHead.predictions(
            g.floats(count, 3), g.floats(classes, 3), g.ids(classes, count), 2, FloatType.FLOAT32);
    List<Float> numbers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      numbers.add(all.loss(i));
      numbers.add((float) all.likeliest(i));
    }
    return numbers;
  }

  private static List<Case> losses() {
    return List.of(
        exact("crossEntropy", g -> List.of(Ops.crossEntropy(g.leaf(9, 6), g.ids(6, 9)))),
        exact(
            "losses of few classes",
            g ->
                List.of(
                    VocabularyHead.losses(
                        g.leaf(9, 3), g.leaf(6, 3), g.ids(6, 9), FloatType.FLOAT32))),
        exact(
            "losses of many classes",
            g ->
                List.of(
                    VocabularyHead.losses(
                        g.leaf(9, 3), g.leaf(1100, 3), g.ids(1100, 9), FloatType.FLOAT32))),
        exact(
            "lossesAndProbabilities",
            g -> {
              NDArray buffer = g.floats(9, 6);
              NDArray losses =
                  VocabularyHead.lossesAndProbabilities(
                      g.floats(9, 3), g.floats(6, 3), g.ids(6, 9), buffer, FloatType.FLOAT32);
              return List.of(losses, buffer);
            }),
        exact(
            "errorsInPlace",
            g -> List.of(VocabularyHead.errorsInPlace(g.floats(9, 6), g.ids(6, 9)))),
        exact("predictions of few classes", g -> predicted(g, 6)),
        exact("predictions of many classes", g -> predicted(g, 1100)),
        exact("argMax", g -> List.of(Ops.argMax(g.floats(9, 6)))));
  }

  private static List<Case> steps() {
    return List.of(
        exact(
            "copyInPlace",
            g -> {
              NDArray x = g.floats(9);
              Ops.copyInPlace(x, g.floats(9));
              return List.of(x);
            }),
        exact(
            "adamWInPlace",
            g -> {
              NDArray p = g.floats(9);
              NDArray m = g.floats(9);
              NDArray v = Ops.squaredRelu(g.floats(9));
              Ops.adamWInPlace(p, g.floats(9), m, v, AdamWSettings.paper(1e-2), 3);
              return List.of(p, m, v);
            }),
        exact(
            "sgdInPlace",
            g -> {
              NDArray p = g.floats(9);
              NDArray buffer = g.floats(9);
              Ops.sgdInPlace(p, g.floats(9), buffer, 1e-2, 0.9, 0.1);
              return List.of(p, buffer);
            }));
  }

  private static List<Case> entries() {
    return List.of(
        exact("countUpperHalves", g -> List.of(Entries.countUpperHalves(g.floats(99)))),
        exact("countLowerHalves", g -> List.of(Entries.countLowerHalves(g.floats(99), 48_896))),
        exact("isAtLeast a value", g -> List.of(Entries.isAtLeast(g.floats(99), 0.3F))),
        exact("isAtLeast a key", g -> List.of(Entries.isAtLeast(g.floats(99), 1 << 29, 3))),
        exact("countKey", g -> List.of(Entries.countKey(g.floats(99), 1 << 29))),
        exact("keepInPlace", g -> changed(g, x -> Entries.keepInPlace(x, positive(g)))),
        exact("dropInPlace", g -> changed(g, x -> Entries.dropInPlace(x, positive(g)))),
        exact(
            "dropEntriesInPlace",
            g -> {
              NDArray entries = Torch.longs(g.manager, new long[] {8, 2, 5}, 3);
              return changed(g, x -> Entries.dropEntriesInPlace(x, entries));
            }),
        exact(
            "largestProduct",
            g -> {
              Entries.Entry largest =
                  Entries.largestProduct(
                      new NDList(g.floats(9), g.floats(3, 7)),
                      new NDList(g.floats(9), g.floats(3, 7)));
              return List.of(largest.array(), largest.index(), largest.value());
            }),
        exact(
            "countDifferentBits",
            g -> List.of(Entries.countDifferentBits(g.floats(9), g.floats(9)))),
        exact("firstNotFinite", g -> List.of(Entries.firstNotFinite(g.floats(9)))));
  }

  private static NDArray positive(Given given) {
    return Entries.isAtLeast(given.floats(9), 0);
  }

  private static List<NDArray> changed(Given given, Consumer<NDArray> operator) {
    NDArray x = given.floats(9);
    operator.accept(x);
    return List.of(x);
  }
}
