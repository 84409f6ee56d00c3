package io.nepenthe.cli;

import picocli.CommandLine.Option;

/** The option that says what computes. */
final class DeviceOption {
  @Option(
      names = "--device",
      paramLabel = "D",
      description = "cpu, gpu, gpu1, ... (default: ${DEFAULT-VALUE}).")
  private String device = "cpu";

  /** Returns what was named. */
  String name() {
    return device;
  }

  /** Refuses a device that is not here. */
  void require(String command) {
    Devices.require(command, device);
  }
}
