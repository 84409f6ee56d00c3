package io.nepenthe.cli;

import io.nepenthe.tensor.Torch;

/** What can compute on this machine. */
final class Devices {
  private Devices() {}

  /** Returns the first GPU if there is one, else the processor. */
  static String best() {
    return Torch.gpus() > 0 ? "gpu" : "cpu";
  }

  /** Refuses a device that is not here. */
  static void require(String command, String device) {
    if (!device.matches("cpu|gpu\\d{0,2}")) {
      throw Usage.of(command, "--device is '" + device + "', must be cpu, gpu, gpu1, ...");
    }
    boolean gpu = device.startsWith("gpu");
    int index = Math.max(0, Torch.device(device).getDeviceId()); // "gpu" is the first
    if (gpu && index >= Torch.gpus()) {
      throw Usage.of(
          command, "--device is " + device + ", PyTorch here can use " + Torch.gpus() + " GPUs");
    }
  }
}
