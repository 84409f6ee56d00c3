package io.nepenthe.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PiecesTest {
  private static final int SIZE = Pieces.ENTRIES + 3;

  private final NDManager manager = Torch.newManager(Device.cpu());
  private final NDArray array = manager.zeros(new Shape(1, SIZE));

  @AfterEach
  void close() {
    manager.close();
  }

  @Test
  void anArrayComesBackInBoundedPieces() {
    int[] next = new int[1];
    Pieces.fill(array, () -> next[0]++ % 1000);
    List<Integer> sizes = new ArrayList<>();
    Pieces.read(
        array,
        (from, values) -> {
          sizes.add(values.length);
          for (int i = 0; i < values.length; i++) {
            if (values[i] != (from + i) % 1000) {
              throw new AssertionError(values[i] + " at " + (from + i));
            }
          }
        });
    assertEquals(List.of(Pieces.ENTRIES, 3), sizes);
  }

  @Test
  void writesAndReadsInTheMiddle() {
    Pieces.write(array, SIZE - 4, new float[] {1, 2, 3});
    assertArrayEquals(new float[] {0, 1, 2, 3, 0}, Pieces.read(array, SIZE - 5, 5));
  }
}
