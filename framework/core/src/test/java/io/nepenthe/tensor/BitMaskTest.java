package io.nepenthe.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BitMaskTest {
  private final NDManager manager = Torch.newManager(Device.cpu());

  @AfterEach
  void free() {
    manager.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 8, 9, 17, 64, 1000, 1001})
  void holdsEveryBoolean(int size) {
    Random random = new Random(size);
    boolean[] booleans = new boolean[size];
    for (int i = 0; i < size; i++) {
      booleans[i] = random.nextBoolean();
    }
    NDArray matrix = manager.create(booleans, new Shape(1, size));
    BitMask mask = BitMask.of(matrix, manager);
    matrix.close();
    boolean[] read = new boolean[size];
    int[] next = {0};
    mask.forEachPart(
        (from, part) -> {
          assertEquals(next[0], from);
          System.arraycopy(part.toBooleanArray(), 0, read, next[0], (int) part.size());
          next[0] += (int) part.size();
        });
    assertEquals(size, next[0]);
    assertArrayEquals(booleans, read);
  }
}
