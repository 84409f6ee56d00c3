package io.nepenthe.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tensor operators that DJL's {@code NDArray} lacks, or whose {@code Number} overload is unsafe.
 *
 * <p>Results belong to the manager of the first operand, and to the innermost {@code NDScope}. In
 * shapes, B = rows of a batch, T = tokens of a row, N = B*T, D = embedding width, H = MLP hidden
 * units, V = vocabulary. Thread-safe.
 *
 * <p><b>Never use {@code NDArray.mul(Number)}, {@code div(Number)}, {@code pow(Number)}, {@code
 * maximum(Number)} or {@code minimum(Number)}</b>: DJL hands libtorch a Java buffer that it frees
 * at once while autograd still reads it. {@link #scale} is the safe way; an architecture test holds
 * the project to it.
 */
public final class Ops {

  private Ops() {}

  private static final class Holder {
    static final Script SCRIPT = Script.of(Ops.class, "ops.py");
  }

  /** Returns {@code x W + b}: x (N, in), W (in, out), b (out) or null to (N, out). */
  public static NDArray linear(NDArray x, NDArray weight, @Nullable NDArray bias) {
    return linear(x, weight, bias, 1);
  }

  /** Returns {@code x W + b}, computed in float32, for x of N = B*T rows. */
  public static NDArray linear(NDArray x, NDArray weight, @Nullable NDArray bias, long batch) {
    return linear(x, weight, bias, batch, FloatType.FLOAT32);
  }

  /**
   * Returns {@code x W + b} for x of N = B*T rows, float32 whatever the type of W and the type that
   * the product is computed in.
   *
   * @param x (N, in), float32
   * @param weight (in, out)
   * @param bias (out), float32, or null
   * @return (N, out)
   */
  public static NDArray linear(
      NDArray x, NDArray weight, @Nullable NDArray bias, long batch, FloatType type) {
    return outputsFirstLinear(x, weight.transpose(), bias, batch, type);
  }

  /** Returns what {@link #linear} does, of a matrix that is stored the other way: (out, in). */
  public static NDArray outputsFirstLinear(
      NDArray x, NDArray weight, @Nullable NDArray bias, long batch, FloatType type) {
    if (!MixedLinear.isNeeded(weight, type)) {
      return MatrixProduct.of(x, weight, bias, batch);
    }
    NDArray product = MixedLinear.of(x, weight.transpose(), type, batch);
    return bias == null ? product : product.add(bias);
  }

  /** Returns the normalised rows of x (N, D), scaled by gain (D) and shifted by bias (D). */
  public static NDArray layerNorm(NDArray x, NDArray gain, NDArray bias, double epsilon) {
    Shape normalised = gain.getShape();
    return JniUtils.layerNorm(
        (PtNDArray) x, normalised, (PtNDArray) gain, (PtNDArray) bias, epsilon);
  }

  /**
   * Returns the rows of x, divided by the root of their mean square and scaled by gain.
   *
   * @param x (..., D)
   * @param gain (D)
   * @param epsilon added to the mean square
   */
  public static NDArray rmsNorm(NDArray x, NDArray gain, double epsilon) {
    return script("rms_norm", x, gain, constant(epsilon));
  }

  /** Returns table rows as float32, (V, D) and int64 ids (N) to (N, D). */
  public static NDArray embedding(NDArray ids, NDArray table) {
    return FloatArrays.widened(JniUtils.embedding((PtNDArray) ids, (PtNDArray) table, false));
  }

  /** Returns max(x, 0). */
  public static NDArray relu(NDArray x) {
    return script("relu", x);
  }

  /** Returns max(x, 0)^2. */
  public static NDArray squaredRelu(NDArray x) {
    return script("squared_relu", x);
  }

  /** Returns x / (1 + exp(-x)). */
  public static NDArray silu(NDArray x) {
    return script("silu", x);
  }

  /** Returns x / (1 + exp(-1.702 x)), an approximation of GELU. */
  public static NDArray quickGelu(NDArray x) {
    return script("quick_gelu", x);
  }

  /** Returns x cut to [0, 1]; the gradient passes where x lies in it, ends included. */
  public static NDArray clampToUnit(NDArray x) {
    return script("clamp_to_unit", x);
  }

  /** Returns 1 / (1 + exp(-x)). */
  public static NDArray sigmoid(NDArray x) {
    return script("sigmoid", x);
  }

  /** Returns the logarithm of {@link #sigmoid}, without overflow. */
  public static NDArray logSigmoid(NDArray x) {
    return script("log_sigmoid", x);
  }

  /**
   * Overwrites y = {@link #relu}(x) with y times a mask of zeros and ones, and returns it;
   * differentiable in x.
   *
   * <p>A product would need a second array as large as y, and a third for its gradient. ReLU passes
   * a gradient on where its output, which this changes, is positive: that is already the gradient
   * of the product. Hence y must be a ReLU's output, or a view of all of it, and nothing else.
   *
   * @param mask 0 or 1, of any shape that broadcasts to that of y
   */
  public static NDArray maskReluInPlace(NDArray y, NDArray mask) {
    return script("mask_relu_in_place", y, mask);
  }

  /** Returns x times the standard normal distribution function of x (the erf form). */
  public static NDArray gelu(NDArray x) {
    return JniUtils.gelu((PtNDArray) x);
  }

  /** Returns GELU in its tanh approximation, GPT-2's {@code gelu_new}. */
  public static NDArray geluTanh(NDArray x) {
    return script("gelu_tanh", x);
  }

  /**
   * Returns causal multi-head attention, scores divided by the root of the head size.
   *
   * @param qkv queries, keys, values side by side, (B*T, 3*D)
   * @param batch B
   * @param heads number of heads, a divisor of D
   * @return (B*T, D)
   */
  public static NDArray causalAttention(NDArray qkv, long batch, long heads) {
    long width = qkv.getShape().get(1) / 3;
    // Split before the heads are moved: the gradient is then one concatenation in this same layout.
    NDArray split = qkv.reshape(batch, -1, 3 * heads, width / heads); // (N, 3D) -> (B, T, 3h, D/h)
    return script("causal_attention", split).reshape(-1, width); // (B, T, h, D/h) -> (N, D)
  }

  /**
   * Writes keys and values of one new token behind earlier ones, and returns attention of its
   * queries to them and the earlier ones; no gradient.
   *
   * @param queries (B, 1, h, d)
   * @param newKeys (B, 1, g, d); g divides h, and h/g neighbouring heads share keys and values
   * @param newValues (B, 1, g, d)
   * @param turns by which queries and new keys are {@link RotaryOps#turned} before, or null
   * @param keys of the tokens, turned, with room for the new one, (B, g, S, d)
   * @param values likewise
   * @param position how many tokens are there
   * @param window how many tokens are seen, the new one included
   * @return heads side by side, (B, h*d)
   */
  public static NDArray continuedAttention(
      NDArray queries,
      NDArray newKeys,
      NDArray newValues,
      @Nullable NDArray turns,
      NDArray keys,
      NDArray values,
      long position,
      long window) {
    return turns == null
        ? call("continued_attention", queries, newKeys, newValues, keys, values, position, window)
        : call(
            "turned_continued_attention",
            queries,
            newKeys,
            newValues,
            keys,
            values,
            position,
            window,
            turns);
  }

  /**
   * Returns attention of every query to earlier keys and to its own, scores divided by the root of
   * the head size.
   *
   * <p>Heads may share keys and values: g divides h.
   *
   * <p>Everything of size R * S is written by as few operators as can be, because their memory
   * traffic is the cost. A branch's own key is one more earlier one: queries and earlier keys are
   * extended by an element, in which the query has its score against its own key, and only the
   * added key a 1; with the values likewise, the mix's added element is the own key's share.
   *
   * @param queries one per branch, (B, h, R, d)
   * @param keys each branch's own, (B, g, R, d)
   * @param values each branch's own, (B, g, R, d)
   * @param earlierKeys of S earlier tokens, (B, g, S, d)
   * @param earlierValues of S earlier tokens, (B, g, S, d)
   * @param attentionMask 0 where a branch sees an earlier token, -infinity where not, (R, S)
   * @return (B, h, R, d)
   */
  public static NDArray branchAttention(
      NDArray queries,
      NDArray keys,
      NDArray values,
      NDArray earlierKeys,
      NDArray earlierValues,
      NDArray attentionMask) {
    return script(
        "branch_attention", queries, keys, values, earlierKeys, earlierValues, attentionMask);
  }

  /**
   * Returns the cross-entropy of each row, in nats.
   *
   * @param logits unnormalised scores, (N, V)
   * @param targets class indices, (N), int64
   * @return (N), at least 0
   */
  public static NDArray crossEntropy(NDArray logits, NDArray targets) {
    return script("cross_entropy", logits, targets);
  }

  /** Overwrites a float32 matrix with the product x y, computed in a type; no gradient. */
  static void productInto(NDArray x, NDArray y, NDArray result, FloatType type) {
    inType("product_into", type, x, y, result);
  }

  /** Adds x^T y to a matrix; no gradient. */
  static void addTransposedProductInPlace(NDArray sum, NDArray x, NDArray y) {
    script("add_transposed_product_in_place", sum, x, y);
  }

  /** Returns {@code factor * x}; differentiable, and safe under autograd. */
  public static NDArray scale(NDArray x, double factor) {
    return x.mul(scalar(x, factor));
  }

  /** Returns a scalar that libtorch owns, of the type and device of {@code like}. */
  public static NDArray scalar(NDArray like, double value) {
    return like.getManager().full(new Shape(), (float) value, like.getDataType());
  }

  /** Returns consecutive parts of a vector, of the given sizes; differentiable views. */
  public static List<NDArray> split(NDArray x, long[] sizes) {
    return JniUtils.split((PtNDArray) x, sizes, 0);
  }

  /** Overwrites x with a source of the same shape; no gradient. */
  public static void copyInPlace(NDArray x, NDArray source) {
    call("copy_in_place", x, source).close();
  }

  /** Runs an operator without gradient; the result belongs to the manager of x. */
  static NDArray call(String method, NDArray x, Object... further) {
    return Holder.SCRIPT.run(method, x, further);
  }

  /** Runs an operator of several results without gradient; they belong to the manager of x. */
  static NDList callList(String method, NDArray x, Object... further) {
    return Holder.SCRIPT.runList(method, x, further);
  }

  /** Runs an operator without gradient. */
  static NDArray call(String method, NDManager owner, Object... arguments) {
    return Holder.SCRIPT.call(method, (PtNDManager) owner, arguments);
  }

  /**
   * One step of AdamW as PyTorch defines it: decoupled decay first, epsilon added to the
   * bias-corrected root. Overwrites p, m and v; all have one shape.
   *
   * @param step number of this step, from 1
   */
  public static void adamWInPlace(
      NDArray p, NDArray g, NDArray m, NDArray v, AdamWSettings settings, long step) {
    call(
            "adamw_in_place",
            p,
            g,
            m,
            v,
            settings.learningRate(),
            settings.beta1(),
            settings.beta2(),
            settings.epsilon(),
            settings.weightDecay(),
            step)
        .close();
  }

  /** One step of SGD with momentum, decay added to the gradient first. Overwrites p and buffer. */
  public static void sgdInPlace(
      NDArray p, NDArray g, NDArray buffer, double learningRate, double momentum, double decay) {
    call("sgd_in_place", p, g, buffer, learningRate, momentum, decay).close();
  }

  /** Returns the index of the largest entry of each row of x (N, V), lowest index first; int64. */
  public static NDArray argMax(NDArray x) {
    return script("arg_max", x);
  }

  /** Returns true if the array is a leaf that wants a gradient, or was computed from one. */
  public static boolean requiresGradient(NDArray x) {
    return Holder.SCRIPT.asks("requires_gradient", (PtNDArray) x); // DJL's own knows leaves only
  }

  /** Runs an operator that computes in a type. */
  static NDArray inType(String method, FloatType type, NDArray... inputs) {
    NDArray[] all = Arrays.copyOf(inputs, inputs.length + 1);
    all[inputs.length] = constant((double) code(type));
    return script(method, all);
  }

  /** Returns the number by which libtorch calls a type. */
  static long code(FloatType type) {
    return switch (type) {
      case FLOAT32 -> 6;
      case FLOAT16 -> 5;
      case BFLOAT16 -> 15;
    };
  }

  /** Returns one of few numbers, for operators that are given tensors only. */
  static NDArray constant(double value) {
    return Holder.SCRIPT.constant(value);
  }

  /** Runs an operator of tensors; differentiable. */
  static NDArray script(String method, NDArray... inputs) {
    return Holder.SCRIPT.differentiable(method, inputs);
  }
}
