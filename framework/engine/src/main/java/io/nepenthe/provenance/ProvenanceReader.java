package io.nepenthe.provenance;

import io.nepenthe.machine.CommandOutput;
import io.nepenthe.machine.NvidiaSmi;
import io.nepenthe.protocol.ContentHash;
import io.nepenthe.tensor.DeviceName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import oshi.SystemInfo;
import oshi.hardware.HardwareAbstractionLayer;

/** Reads where this process runs. */
public final class ProvenanceReader {
  private ProvenanceReader() {}

  /**
   * Returns the provenance of this process.
   *
   * @param sources folder of the program's sources, for the commit
   * @param device what computes
   * @param threads threads one operator may use
   */
  public static Provenance read(Path sources, String device, int threads) {
    SystemInfo system = new SystemInfo();
    HardwareAbstractionLayer hardware = system.getHardware();
    DeviceName named = DeviceName.of(device);
    return new Provenance(
        commit(sources),
        System.getProperty("java.vendor") + " " + Runtime.version(),
        Versions.djl(),
        Versions.libtorch(),
        system.getOperatingSystem().toString(),
        hardware.getProcessor().getProcessorIdentifier().getName().strip(),
        Runtime.getRuntime().availableProcessors(),
        hardware.getMemory().getTotal(),
        named.isGpu() ? gpus(named) : null,
        named.isGpu() ? NvidiaSmi.here().lines("driver_version") : null,
        threads,
        host(system));
  }

  /** Returns a short hash of this machine's name: tells machines apart, names none. */
  public static String host() {
    return host(new SystemInfo());
  }

  private static String host(SystemInfo system) {
    return ContentHash.of(system.getOperatingSystem().getNetworkParams().getHostName())
        .substring(0, 8);
  }

  /** Times with TF32 and without are of two machines. */
  private static @Nullable String gpus(DeviceName device) {
    String names = NvidiaSmi.here().lines("name");
    return names == null || !device.usesTf32() ? names : names + " (TF32)";
  }

  private static String commit(Path sources) {
    String told = CommandOutput.of(sources, List.of("git", "rev-parse", "--show-toplevel", "HEAD"));
    List<String> lines = told == null ? List.of() : told.lines().toList();
    if (lines.size() < 2 || !isSame(sources, Path.of(lines.get(0)))) {
      return "unknown"; // no checkout, or a copy that lies within another one
    }
    String commit = lines.get(1);
    String changed = CommandOutput.of(sources, List.of("git", "status", "--porcelain", "-uno"));
    return changed == null || changed.isEmpty() ? commit : commit + "+";
  }

  private static boolean isSame(Path one, Path other) {
    try {
      return Files.isSameFile(one, other);
    } catch (IOException e) {
      return false;
    }
  }
}
