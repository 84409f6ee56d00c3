package io.nepenthe.energy;

import io.nepenthe.provenance.Provenance;
import org.jspecify.annotations.Nullable;

/**
 * The machine that used energy, in short.
 *
 * @param host short hash of the machine's name
 * @param cpu name of the processor
 * @param logicalCores logical processors of the machine
 * @param memoryBytes RAM of the machine
 * @param gpu name of the GPU, null if none was used
 */
public record Machine(
    String host, String cpu, int logicalCores, long memoryBytes, @Nullable String gpu) {
  /** Returns the machine of a provenance. */
  public static Machine of(Provenance provenance) {
    return new Machine(
        provenance.host(),
        provenance.cpu(),
        provenance.logicalCores(),
        provenance.memoryBytes(),
        provenance.gpu());
  }
}
