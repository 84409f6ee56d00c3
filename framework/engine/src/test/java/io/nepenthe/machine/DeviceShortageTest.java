package io.nepenthe.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.engine.EngineException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class DeviceShortageTest {
  /** As libtorch 2.7.1 words it. */
  static final String SAID =
      "CUDA out of memory. Tried to allocate 20.00 GiB. GPU 0 has a total capacity of 139.81 GiB of"
          + " which 3.06 GiB is free.";

  @Test
  void aGpuWithoutMemoryIsNamedWithWhatWasAsked() {
    Optional<String> words =
        Optional.of("out of memory on gpu 0, which was asked for 20.00 GiB more");
    assertEquals(words, DeviceShortage.words(new EngineException(SAID)));
    assertEquals(
        words, DeviceShortage.words(new IllegalStateException("x", new EngineException(SAID))));
    assertEquals(
        Optional.of("out of memory on gpu 0"),
        DeviceShortage.words(new EngineException("CUDA error: out of memory")));
  }

  @Test
  void aWorkerNamesTheGpuAsTheMachineDoes() {
    System.setProperty(DeviceShortage.GPU_PROPERTY, "3");
    try {
      assertEquals(
          Optional.of("out of memory on gpu 3, which was asked for 20.00 GiB more"),
          DeviceShortage.words(new EngineException(SAID)));
    } finally {
      System.clearProperty(DeviceShortage.GPU_PROPERTY);
    }
  }

  @Test
  void whatAMethodSaysItselfAndOtherErrorsAreNone() {
    assertEquals(Optional.empty(), DeviceShortage.words(new IllegalStateException(SAID)));
    assertEquals(Optional.empty(), DeviceShortage.words(new EngineException("shapes differ")));
    assertEquals(
        Optional.empty(),
        DeviceShortage.words(
            new EngineException("DefaultCPUAllocator: can't allocate memory: you tried to ...")));
  }
}
