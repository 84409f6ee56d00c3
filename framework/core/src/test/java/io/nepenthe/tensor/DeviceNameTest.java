package io.nepenthe.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DeviceNameTest {
  @Test
  void aNameSaysWhereAndHow() {
    assertEquals(new DeviceName("cpu", false), DeviceName.of("cpu"));
    assertFalse(DeviceName.of("cpu").isGpu());
    assertEquals(new DeviceName("gpu12", true), DeviceName.of("gpu12+tf32"));
    assertEquals(12, DeviceName.of("gpu12+tf32").index());
    assertTrue(DeviceName.of("gpu+tf32").isAnyGpu());
    assertEquals(0, DeviceName.of("gpu").index());
    assertFalse(Torch.device("gpu1+tf32").equals(Torch.device("gpu")));
    assertEquals(1, Torch.device("gpu1+tf32").getDeviceId());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "cuda", "gpu123", "cpu1", "cpu+tf32", "gpu+", "gpu+bf16", "GPU"})
  void othersAreRefused(String name) {
    assertThrows(IllegalArgumentException.class, () -> DeviceName.of(name));
  }
}
