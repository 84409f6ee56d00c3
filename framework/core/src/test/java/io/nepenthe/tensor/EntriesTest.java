package io.nepenthe.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class EntriesTest {
  private final NDManager manager = Torch.newManager(Device.cpu());

  @AfterEach
  void free() {
    manager.close();
  }

  /** Products 2, 12, -3, 12. */
  @Test
  void largestProductIsTheFirstOfEqualOnes() {
    assertEquals(
        new Entries.Entry(0, 1, 12), largestProduct(vector(1, -3, 1, 4), vector(2, -4, -3, 3)));
  }

  /** Products -1, 2; 3, 5; 5, 1. */
  @Test
  void largestProductIsInTheFirstOfSeveralArrays() {
    NDList x = new NDList(vector(1, 1), vector(1, 1).reshape(2, 1), vector(1, 1));
    NDList y = new NDList(vector(-1, 2), vector(3, 5).reshape(2, 1), vector(5, 1));
    assertEquals(new Entries.Entry(1, 1, 5), Entries.largestProduct(x, y));
  }

  /** Products -2, -0.5, -3. */
  @Test
  void largestProductMayBeNegative() {
    assertEquals(
        new Entries.Entry(0, 1, -0.5), largestProduct(vector(1, 0.5f, -3), vector(-2, -1, 1)));
  }

  @Test
  void largestProductCountsNaNAsLargest() {
    assertEquals(
        new Entries.Entry(0, 1, Double.NaN),
        largestProduct(vector(1, Float.NaN, 3), vector(1, 1, 1)));
  }

  /** Long vectors are searched in several pieces; the first of equal ones must still win. */
  @Test
  void largestProductFindsTheFirstInALongVector() {
    float[] values = new float[600_000];
    values[599_999] = 5;
    values[123_456] = 5;
    NDArray ones = manager.ones(vector(values).getShape());
    assertEquals(new Entries.Entry(0, 123_456, 5), largestProduct(vector(values), ones));
  }

  private static Entries.Entry largestProduct(NDArray x, NDArray y) {
    return Entries.largestProduct(new NDList(x), new NDList(y));
  }

  @Test
  void findsTheFirstValueThatIsNotFinite() {
    assertEquals(-1, Entries.firstNotFinite(vector(1, -2, 3)));
    assertEquals(1, Entries.firstNotFinite(vector(1, Float.NaN, Float.POSITIVE_INFINITY)));
  }

  @Test
  void countsEntriesThatDifferInAnyBit() {
    NDArray x = vector(0, 1, 2, Float.NaN);
    assertEquals(2, Entries.countDifferentBits(x, vector(-0f, 1, 3, Float.NaN)));
    assertEquals(0, Entries.countDifferentBits(x, x));
  }

  private NDArray vector(float... values) {
    return Torch.floats(manager, values, values.length);
  }
}
