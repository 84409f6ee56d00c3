package io.nepenthe.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DeviceUseTest {
  private final BlockingQueue<String> told = new LinkedBlockingQueue<>();

  @TempDir private Path folder;

  @Test
  void aTimingWaitsForASweepOnItsDeviceAndSaysSo() throws Exception {
    CompletableFuture<DeviceUse> timing;
    try (DeviceUse sweep = DeviceUse.shared(folder, List.of("gpu", "gpu1"), told::add)) {
      timing = CompletableFuture.supplyAsync(() -> DeviceUse.alone(folder, "gpu0", told::add));
      assertEquals(
          "waits for another nepenthe that computes on gpu0 of this machine",
          told.poll(10, TimeUnit.SECONDS));
      assertFalse(timing.isDone());
      Objects.requireNonNull(sweep);
    }
    timing.get(10, TimeUnit.SECONDS).close();
  }

  @Test
  void aSweepWaitsForATimingOnOneOfItsDevices() throws Exception {
    CompletableFuture<DeviceUse> sweep;
    try (DeviceUse timing = DeviceUse.alone(folder, "gpu1", told::add)) {
      sweep =
          CompletableFuture.supplyAsync(
              () -> DeviceUse.shared(folder, List.of("gpu0", "gpu1"), told::add));
      assertEquals(
          "waits for another nepenthe that takes times on gpu1 of this machine",
          told.poll(10, TimeUnit.SECONDS));
      assertFalse(sweep.isDone());
      Objects.requireNonNull(timing);
    }
    sweep.get(10, TimeUnit.SECONDS).close();
  }

  @Test
  void whoComputesElsewhereIsNotWaitedFor() {
    DeviceUse.alone(folder, "gpu1", told::add).close();
    try (DeviceUse timing = DeviceUse.alone(folder, "gpu1", told::add);
        DeviceUse sweep = DeviceUse.shared(folder, List.of("cpu", "gpu"), told::add)) {
      Objects.requireNonNull(timing);
      Objects.requireNonNull(sweep);
      assertEquals(List.of(), List.copyOf(told));
    }
  }

  @Test
  void whereNoFileCanBeNobodyWaits() throws Exception {
    Path file = Files.createFile(folder.resolve("file"));
    try (DeviceUse timing = DeviceUse.alone(file, "cpu", told::add)) {
      Objects.requireNonNull(timing);
      assertEquals(List.of(), List.copyOf(told));
    }
  }
}
