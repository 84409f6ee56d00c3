package io.nepenthe.worker;

import io.nepenthe.machine.DeviceShortage;
import io.nepenthe.tensor.DeviceName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where one worker at a time computes, and the judge measures what it leaves.
 *
 * @param device by which this process names it: "cpu", "gpu", "gpu1", ...
 * @param environment variables of the worker, which keep it there
 */
public record Slot(String device, Map<String, String> environment) {
  private static final String VISIBLE_GPUS = "CUDA_VISIBLE_DEVICES";

  /** Copies the map. */
  public Slot {
    environment = Map.copyOf(environment);
  }

  /**
   * Returns the slots of a machine. Those of "gpu" are dealt to all GPUs in turn, and a worker sees
   * its own only, which is the first for it: what it is asked to do names no other. A GPU that is
   * named by its number has all of them.
   *
   * @param device what the suite names
   * @param workers how many compute at a time
   * @param threads threads one operator may use
   * @param gpus how the system names those that this process can use, in its order
   */
  public static List<Slot> on(String device, int workers, int threads, List<String> gpus) {
    DeviceName named = DeviceName.of(device);
    List<Slot> slots = new ArrayList<>();
    for (int i = 0; i < workers; i++) {
      Map<String, String> environment = environment(named, threads);
      String place = named.place();
      if (named.isAnyGpu() && gpus.size() > 1) {
        int gpu = i % gpus.size();
        environment.put(VISIBLE_GPUS, gpus.get(gpu));
        place += gpu;
      }
      slots.add(new Slot(place, environment));
    }
    return List.copyOf(slots);
  }

  /** OpenMP counts the threads of whatever asks libtorch for none; NVIDIA's libraries, too. */
  private static Map<String, String> environment(DeviceName device, int threads) {
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put("OMP_NUM_THREADS", Integer.toString(threads));
    if (device.isGpu()) {
      environment.put("NVIDIA_TF32_OVERRIDE", device.usesTf32() ? "1" : "0");
      environment.put("TORCH_ALLOW_TF32_CUBLAS_OVERRIDE", device.usesTf32() ? "1" : "0");
    }
    return environment;
  }

  boolean isGpu() {
    return DeviceName.of(device).isGpu();
  }

  /** Returns options of the worker's JVM: which GPU of the machine its first one is. */
  List<String> options() {
    return device.matches("gpu\\d+")
        ? List.of("-D" + DeviceShortage.GPU_PROPERTY + "=" + DeviceName.of(device).index())
        : List.of();
  }

  /**
   * Returns how the system names the GPUs that this process can use.
   *
   * @param count how many it can
   * @param visible the list that the environment restricts it to; empty if it does not
   */
  public static List<String> names(int count, String visible) {
    List<String> listed =
        visible.isBlank() ? List.of() : List.of(visible.strip().split("\\s*,\\s*", -1));
    List<String> names = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      names.add(i < listed.size() ? listed.get(i) : Integer.toString(i));
    }
    return List.copyOf(names);
  }
}
