package io.nepenthe.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class DeviceMemoryTest {
  private static final Duration SHORT = Duration.ofMillis(1);
  private static final Duration NEVER = Duration.ofDays(1);

  private final AtomicLong used = new AtomicLong(10);
  private final AtomicInteger samples = new AtomicInteger();

  private long sampled() {
    samples.incrementAndGet();
    return used.get();
  }

  private void awaitSamples(int more) {
    int enough = samples.get() + more;
    assertTimeoutPreemptively(
        Duration.ofSeconds(10),
        () -> {
          while (samples.get() < enough) {
            Thread.sleep(1);
          }
        });
  }

  @Test
  void seesAPeakThatIsOverWhenItIsAsked() {
    try (DeviceMemory memory = new DeviceMemory(this::sampled, SHORT)) {
      used.set(70);
      awaitSamples(2);
      used.set(20);
      assertEquals(70L, memory.peakBytes());
    }
  }

  @Test
  void seesTheStartAndTheEndOfShortWork() {
    DeviceMemory rises = new DeviceMemory(this::sampled, NEVER);
    used.set(30);
    rises.close();
    used.set(40); // somebody else's, later
    assertEquals(30L, rises.peakBytes());
    try (DeviceMemory falls = new DeviceMemory(this::sampled, NEVER)) {
      used.set(5);
      assertEquals(40L, falls.peakBytes());
    }
  }

  @Test
  void samplesNoMoreWhenClosed() throws InterruptedException {
    DeviceMemory memory = new DeviceMemory(this::sampled, SHORT);
    awaitSamples(1);
    memory.close();
    int until = samples.get();
    Thread.sleep(20);
    assertEquals(until, samples.get());
  }

  @Test
  void isUnknownOnACpu() {
    try (DeviceMemory memory = DeviceMemory.watch(Device.cpu())) {
      assertNull(memory.peakBytes());
    }
  }

  @Test
  void isUnknownIfTheDeviceNeverTells() {
    try (DeviceMemory memory =
        new DeviceMemory(
            () -> {
              throw new IllegalStateException("No GPU device detected.");
            },
            SHORT)) {
      assertNull(memory.peakBytes());
    }
  }

  @Test
  void aSampleThatFailsDoesNotEndTheWatch() {
    try (DeviceMemory memory =
        new DeviceMemory(
            () -> {
              if (samples.incrementAndGet() == 2) {
                throw new IllegalStateException("busy");
              }
              return samples.get();
            },
            SHORT)) {
      awaitSamples(4);
      assertTrue(memory.peakBytes() >= 4);
    }
  }
}
