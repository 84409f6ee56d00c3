package io.nepenthe.cli;

import io.nepenthe.machine.DeviceUse;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import io.nepenthe.provenance.ProvenanceReader;
import io.nepenthe.suite.Suite;
import io.nepenthe.tensor.DeviceName;
import io.nepenthe.tensor.Torch;
import io.nepenthe.wording.Words;
import io.nepenthe.worker.LocalWorkers;
import io.nepenthe.worker.Slot;
import io.nepenthe.worker.WorkerSettings;
import io.nepenthe.worker.Workers;
import java.nio.file.Path;
import java.util.List;

/** What can compute on this machine, and the workers that do. */
final class Devices {
  private Devices() {}

  /** Returns the first GPU if there is one, else the processor. */
  static String best() {
    return Torch.gpus() > 0 ? "gpu" : "cpu";
  }

  /** Returns the suite's GPU if it names one that is here, else what is best. */
  static String best(Suite suite) {
    DeviceName named = DeviceName.of(suite.device());
    return named.isGpu() && isHere(named) ? suite.device() : best();
  }

  /** Refuses a device that is not here, and one that is none. */
  static void require(String command, String device) {
    DeviceName named;
    try {
      named = DeviceName.of(device);
    } catch (IllegalArgumentException e) {
      throw Usage.of(command, "--" + e.getMessage());
    }
    if (!isHere(named)) {
      throw Usage.of(command, "--device is " + device + ", " + usable());
    }
  }

  private static boolean isHere(DeviceName device) {
    return !device.isGpu() || device.index() < Torch.gpus();
  }

  private static String usable() {
    return "PyTorch here can use " + Words.count(Torch.gpus(), "GPU");
  }

  /** Returns how the system names a GPU; empty for the processor. */
  static String systemName(String device) {
    DeviceName named = DeviceName.of(device);
    return named.isGpu()
        ? Slot.names(named.index() + 1, Places.visibleGpus()).get(named.index())
        : "";
  }

  /** Returns how many workers compute on a device at a time if nobody says. */
  static int workers(String device, int threads) {
    DeviceName named = DeviceName.of(device);
    if (named.isAnyGpu()) {
      return Math.max(1, Torch.gpus());
    }
    return named.isGpu() ? 1 : Math.max(1, Runtime.getRuntime().availableProcessors() / threads);
  }

  /**
   * Returns the processes of this machine that compute what a suite asks for: of "gpu", on all GPUs
   * in turn. They keep those who take times from what they compute on.
   *
   * @param workers how many at a time
   */
  static Workers.Source processes(Suite suite, int workers, WorkerSettings settings) {
    return LocalWorkers.processes(
        threads -> slots(suite, workers, threads),
        devices -> DeviceUse.shared(inUse(), devices, Console::warn)::close,
        settings);
  }

  private static Path inUse() {
    return DeviceUse.folder(Places.cache(), ProvenanceReader.host());
  }

  /** Returns true if what a suite computes on is here. */
  static boolean has(Suite suite) {
    return isHere(DeviceName.of(suite.device()));
  }

  private static List<Slot> slots(Suite suite, int workers, int threads) {
    String device = suite.device();
    if (!DeviceName.of(device).isGpu()) {
      return Slot.on(device, workers, threads, List.of());
    }
    if (!isHere(DeviceName.of(device))) {
      throw new NepentheException(
          ErrorCode.BAD_SUITE,
          "suite %s: device is %s, and %s. Give --device cpu, or see 'nepenthe doctor'."
              .formatted(suite.name(), device, usable()));
    }
    return Slot.on(device, workers, threads, Slot.names(Torch.gpus(), Places.visibleGpus()));
  }
}
