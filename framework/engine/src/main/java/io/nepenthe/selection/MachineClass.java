package io.nepenthe.selection;

import io.nepenthe.provenance.Provenance;
import org.jspecify.annotations.Nullable;

/**
 * What must be equal for two times to compare; the host may be another.
 *
 * @param cpu name of the processor
 * @param logicalCores logical processors
 * @param gpu name of the GPU, null if none was used
 * @param threads threads one operator may use
 */
public record MachineClass(String cpu, int logicalCores, @Nullable String gpu, int threads) {
  /** Returns the class of where something was measured. */
  public static MachineClass of(Provenance provenance) {
    return new MachineClass(
        provenance.cpu(), provenance.logicalCores(), provenance.gpu(), provenance.threads());
  }

  /** Returns the machine in words. */
  public String words() {
    return cpu
        + ", "
        + Words.count(logicalCores, "logical core")
        + (gpu == null ? "" : ", " + gpu)
        + ", "
        + Words.count(threads, "thread")
        + " per operator";
  }
}
