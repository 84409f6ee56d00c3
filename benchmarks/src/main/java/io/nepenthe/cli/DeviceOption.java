package io.nepenthe.cli;

import io.nepenthe.tensor.DeviceName;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option that says what computes. */
final class DeviceOption {
  @Option(
      names = "--device",
      paramLabel = "D",
      description = "cpu, gpu, gpu1, ... (default: the first GPU if there is one, else cpu).")
  private @Nullable String device;

  /** Returns what was named, or else what is best here. */
  String name() {
    if (device == null) {
      device = Devices.best();
    }
    return device;
  }

  /** Refuses a device that is not here. */
  void require(String command) {
    Devices.require(command, name());
    if (DeviceName.of(name()).usesTf32()) {
      throw Usage.of(command, "--device is " + name() + ": TF32 is for suites and their times");
    }
  }
}
