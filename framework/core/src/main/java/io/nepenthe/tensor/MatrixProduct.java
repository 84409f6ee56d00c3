package io.nepenthe.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import org.jspecify.annotations.Nullable;

/**
 * The float32 product of rows with a stored matrix, the fastest way that libtorch has.
 *
 * <p>On a CPU, libtorch gives matrix products to MKL and convolutions to oneDNN. oneDNN uses
 * AVX-512 on every processor that has it, MKL on Intel processors only. So a large batch is
 * computed as a 1x1 convolution over B images of T pixels: on an AMD EPYC a training step takes 0.7
 * of the time. Few rows, like those of a step of decoding, are the kernel of a convolution over a
 * matrix that is large: it is read once, as it lies, which takes half the time of MKL's product.
 *
 * <p>N = B*T rows.
 */
final class MatrixProduct {
  /** From so many images on, libtorch chooses oneDNN. */
  static final int IMAGES = 16;

  /** Rows that are a kernel. */
  static final int MOST_FEW_ROWS = 128;

  private static final int FEWEST_ROWS = 4;
  private static final long LARGE = 1 << 19;

  private MatrixProduct() {}

  /**
   * Returns {@code x W^T + b}.
   *
   * @param x (N, in), float32
   * @param weight (out, in), float32
   * @param bias (out), float32, or null
   * @param batch B
   * @return (N, out)
   */
  static NDArray of(NDArray x, NDArray weight, @Nullable NDArray bias, long batch) {
    if (isOfFewRows(x, weight)) {
      return ofFewRows(x, weight, bias);
    }
    return isOfImages(x, batch)
        ? ofImages(x, weight, bias, batch)
        : JniUtils.linear((PtNDArray) x, (PtNDArray) weight, (PtNDArray) bias);
  }

  /** Returns true if rows are better seen as the kernel of a convolution. */
  static boolean isOfFewRows(NDArray x, NDArray matrix) {
    long rows = x.getShape().get(0);
    return rows >= FEWEST_ROWS
        && rows <= MOST_FEW_ROWS
        && matrix.size() >= LARGE
        && !x.getDevice().isGpu()
        && !JniUtils.isGradMode();
  }

  /** Returns the product, of a matrix (out, in) of any type; no gradient. */
  static NDArray ofFewRows(NDArray x, NDArray weight, @Nullable NDArray bias) {
    return bias == null
        ? Ops.script("few_rows_linear_without_bias", x, weight)
        : Ops.script("few_rows_linear", x, weight, bias);
  }

  /** Returns true if rows are better seen as images. */
  static boolean isOfImages(NDArray x, long images) {
    return images >= IMAGES && x.getShape().get(0) != images && !x.getDevice().isGpu();
  }

  /** Returns the product, of a matrix (out, in) of any type. */
  static NDArray ofImages(NDArray x, NDArray weight, @Nullable NDArray bias, long images) {
    long rows = x.getShape().get(0);
    NDArray pixels = x.reshape(images, -1, 1, x.getShape().get(1)); // (N, in) -> (B, T, 1, in)
    NDArray y = // (B, T, 1, out)
        bias == null
            ? Ops.script("linear_without_bias", pixels, weight)
            : Ops.script("linear", pixels, weight, bias);
    return y.reshape(rows, -1); // -> (N, out)
  }
}
