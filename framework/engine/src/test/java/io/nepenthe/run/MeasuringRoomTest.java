package io.nepenthe.run;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

final class MeasuringRoomTest {
  private static final long GIB = 1L << 30;

  private static CompletableFuture<MeasuringRoom.Turn> later(MeasuringRoom room, long bytes) {
    return CompletableFuture.supplyAsync(() -> room.take(bytes, "cpu"));
  }

  @Test
  void oneIsAlwaysLetIn() {
    try (MeasuringRoom.Turn turn = new MeasuringRoom(() -> 0).take(10 * GIB, "cpu")) {
      assertFalse(turn.manager().getDevice().isGpu());
    }
  }

  @Test
  void asManyAreLetInAsMemoryHasRoomFor() throws Exception {
    MeasuringRoom room = new MeasuringRoom(() -> 8 * GIB);
    MeasuringRoom.Turn first = room.take(2 * GIB, "cpu");
    MeasuringRoom.Turn second = later(room, 2 * GIB).get(10, TimeUnit.SECONDS);
    CompletableFuture<MeasuringRoom.Turn> third = later(room, 2 * GIB);
    assertThrows(TimeoutException.class, () -> third.get(300, TimeUnit.MILLISECONDS));
    first.close();
    third.get(10, TimeUnit.SECONDS).close();
    second.close();
  }
}
