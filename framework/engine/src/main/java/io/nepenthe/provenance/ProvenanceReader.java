package io.nepenthe.provenance;

import io.nepenthe.machine.CommandOutput;
import io.nepenthe.protocol.ContentHash;
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
    boolean gpu = !"cpu".equals(device);
    return new Provenance(
        commit(sources),
        System.getProperty("java.vendor") + " " + Runtime.version(),
        Versions.djl(),
        Versions.libtorch(),
        system.getOperatingSystem().toString(),
        hardware.getProcessor().getProcessorIdentifier().getName().strip(),
        Runtime.getRuntime().availableProcessors(),
        hardware.getMemory().getTotal(),
        gpu ? nvidia("name", sources) : null,
        gpu ? nvidia("driver_version", sources) : null,
        threads,
        ContentHash.of(system.getOperatingSystem().getNetworkParams().getHostName())
            .substring(0, 8));
  }

  private static String commit(Path sources) {
    String commit = CommandOutput.of(sources, List.of("git", "rev-parse", "HEAD"));
    if (commit == null || commit.isEmpty()) {
      return "unknown";
    }
    String changed = CommandOutput.of(sources, List.of("git", "status", "--porcelain", "-uno"));
    return changed == null || changed.isEmpty() ? commit : commit + "+";
  }

  private static @Nullable String nvidia(String field, Path folder) {
    return CommandOutput.of(
        folder, List.of("nvidia-smi", "--query-gpu=" + field, "--format=csv,noheader"));
  }
}
