package io.nepenthe.tensor;

import ai.djl.ndarray.NDArray;
import java.util.function.Supplier;

/**
 * The float32 product of float32 rows with a matrix, where the matrix is stored in another type or
 * the product is computed in one. What has to be converted of the matrix is so for one product, and
 * once more for the gradient: libtorch would keep it of every layer from one to the other.
 *
 * <p>N = rows.
 */
final class MixedLinear implements Deferred.Operator {
  /** Of a scaled gradient: small enough that sums of products with it are numbers of float16. */
  private static final int LARGEST_EXPONENT = -4;

  /** Below it, the scale itself would be no number of float32. */
  private static final int LEAST_EXPONENT = -100;

  private final NDArray rows; // (N, in), float32
  private final NDArray matrix; // (in, out)
  private final FloatType type;
  private final NDArray product; // (N, out), float32
  private final boolean reachesRows;
  private final boolean reachesMatrix;

  private MixedLinear(NDArray rows, NDArray matrix, FloatType type, long images) {
    this.rows = rows;
    this.matrix = matrix;
    this.type = type;
    this.product = withoutGradient(() -> product(rows, matrix, type, images));
    this.reachesRows = Deferred.isDifferentiated(rows);
    this.reachesMatrix = Deferred.isDifferentiated(matrix);
  }

  /** Returns true if a product with a matrix in a type needs this. */
  static boolean isNeeded(NDArray matrix, FloatType type) {
    return type != FloatType.FLOAT32 || FloatArrays.isHalf(matrix);
  }

  /**
   * Returns the product, differentiable by {@link Torch#backward}.
   *
   * @param images a divisor of N: the rows are then as many images, as {@link Ops#linear} has them
   * @return (N, out)
   */
  static NDArray of(NDArray rows, NDArray matrix, FloatType type, long images) {
    MixedLinear linear = new MixedLinear(rows, matrix, type, images);
    return linear.reachesRows || linear.reachesMatrix ? Deferred.add(linear) : linear.product;
  }

  private static NDArray product(NDArray rows, NDArray matrix, FloatType type, long images) {
    if (type == FloatType.FLOAT32 && MatrixProduct.isOfFewRows(rows, matrix)) {
      return MatrixProduct.ofFewRows(rows, matrix.transpose(), null);
    }
    return type == FloatType.FLOAT32 && MatrixProduct.isOfImages(rows, images)
        ? MatrixProduct.ofImages(rows, matrix.transpose(), null, images)
        : product(rows, matrix, type);
  }

  private static NDArray product(NDArray x, NDArray y, FloatType type) {
    return Ops.inType("product_in", type, x, y);
  }

  private static NDArray withoutGradient(Supplier<NDArray> body) {
    NDArray[] result = new NDArray[1];
    Torch.withGradients(false, () -> result[0] = body.get());
    return result[0];
  }

  @Override
  public NDArray result() {
    return product;
  }

  @Override
  public void propagate(NDArray gradient, boolean keepsGraph) {
    double scale = scale(gradient);
    NDArray scaled = withoutGradient(() -> times(scale, gradient));
    if (reachesRows) {
      NDArray atRows =
          withoutGradient(() -> times(1 / scale, product(scaled, matrix.transpose(), type)));
      Deferred.pass(rows, atRows, keepsGraph || reachesMatrix);
    }
    if (reachesMatrix) {
      Deferred.pass(matrix, withoutGradient(() -> atMatrix(scaled, scale)), keepsGraph);
    }
  }

  /**
   * Returns the power of two by which a gradient is multiplied for its products: float16 has no
   * numbers below 6e-8, and gradients of mean losses are about as small.
   */
  private double scale(NDArray gradient) {
    if (type != FloatType.FLOAT16) {
      return 1;
    }
    float largest = gradient.abs().max().toFloatArray()[0];
    return largest > 0 && Float.isFinite(largest)
        ? Math.scalb(1.0, LARGEST_EXPONENT - Math.max(Math.getExponent(largest), LEAST_EXPONENT))
        : 1;
  }

  private static NDArray times(double factor, NDArray x) {
    return factor == 1 ? x : Ops.scale(x, factor);
  }

  private NDArray atMatrix(NDArray scaled, double scale) {
    NDArray sum = times(1 / scale, product(rows.transpose(), scaled, type));
    return FloatArrays.converted(sum, FloatArrays.type(matrix));
  }
}
