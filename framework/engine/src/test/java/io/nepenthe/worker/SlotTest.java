package io.nepenthe.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class SlotTest {
  private static List<String> devices(List<Slot> slots) {
    return slots.stream().map(Slot::device).toList();
  }

  private static List<String> visible(List<Slot> slots) {
    return slots.stream().map(slot -> slot.environment().get("CUDA_VISIBLE_DEVICES")).toList();
  }

  @Test
  void workersAreDealtToAllGpusInTurnAndSeeTheirOwnOnly() {
    List<Slot> slots = Slot.on("gpu", 3, 1, List.of("2", "GPU-77"));
    assertEquals(List.of("gpu0", "gpu1", "gpu0"), devices(slots));
    assertEquals(List.of("2", "GPU-77", "2"), visible(slots));
    assertEquals(List.of("-Dnepenthe.gpu=1"), slots.get(1).options());
  }

  @Test
  void whereThereIsNoChoiceNothingIsHidden() {
    for (String device : List.of("cpu", "gpu", "gpu1")) {
      List<String> gpus = device.equals("gpu") ? List.of("0") : List.of("0", "1");
      List<Slot> slots = Slot.on(device, 2, 1, gpus);
      assertEquals(List.of(device, device), devices(slots));
      assertFalse(slots.get(0).environment().containsKey("CUDA_VISIBLE_DEVICES"), device);
    }
  }

  @Test
  void aWorkerOnTheProcessorHasItsThreadsAndNoMore() {
    assertEquals(
        Map.of("OMP_NUM_THREADS", "3"), Slot.on("cpu", 1, 3, List.of()).get(0).environment());
  }

  @Test
  void tf32IsOnWhereTheDeviceSaysSoAndOffElsewhere() {
    Slot exact = Slot.on("gpu", 1, 1, List.of("0")).get(0);
    Slot fast = Slot.on("gpu+tf32", 1, 1, List.of("0")).get(0);
    for (String variable : List.of("NVIDIA_TF32_OVERRIDE", "TORCH_ALLOW_TF32_CUBLAS_OVERRIDE")) {
      assertEquals("0", exact.environment().get(variable));
      assertEquals("1", fast.environment().get(variable));
    }
    assertEquals("gpu", fast.device());
  }

  @Test
  void gpusHaveTheNamesThatTheEnvironmentGivesThem() {
    assertEquals(List.of("0", "1"), Slot.names(2, " "));
    assertEquals(List.of("3", "MIG-5"), Slot.names(2, "3, MIG-5"));
    assertEquals(List.of("3", "1"), Slot.names(2, "3"));
  }
}
