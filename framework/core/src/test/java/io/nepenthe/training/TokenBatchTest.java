package io.nepenthe.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import io.nepenthe.data.Sequences;
import io.nepenthe.tensor.Torch;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class TokenBatchTest {
  private final NDManager manager = Torch.newManager(Device.cpu());
  private final Sequences rows =
      Sequences.of(
          5,
          List.of(new int[] {1, 2, 3, 4, 5}, new int[] {9, 1, 2, 3, 4}, new int[] {1, 2, 3, 4, 6}));

  @AfterEach
  void closeAll() {
    manager.close();
  }

  @Test
  void equalTokensHaveEqualHashesWhereverTheyAre() {
    TokenBatch all = TokenBatch.of(manager, rows, new int[] {0, 1, 2});
    TokenBatch one = TokenBatch.of(manager, rows, new int[] {2}, 4);
    assertEquals(all.hash(0, 0, 4), all.hash(1, 1, 5));
    assertEquals(all.hash(0, 0, 4), one.hash(0, 0, 4));
    assertNotEquals(all.hash(0, 0, 5), all.hash(2, 0, 5));
    assertNotEquals(all.hash(0, 0, 3), all.hash(0, 0, 4));
  }

  @Test
  void aHashNeverChanges() {
    TokenBatch batch = TokenBatch.of(manager, rows, new int[] {0});
    assertEquals(0x96aad8a07b02f3f6L, batch.hash(0, 0, 5));
  }
}
