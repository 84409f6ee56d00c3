package io.nepenthe.provenance;

import org.jspecify.annotations.Nullable;

/**
 * What makes times comparable: those of equal machines may stand in one table.
 *
 * @param host short hash of the machine's name
 * @param cpu name of the processor
 * @param logicalCores logical processors
 * @param gpu name of the GPU, null if none was used
 */
public record Machine(String host, String cpu, int logicalCores, @Nullable String gpu) {
  /** Returns it in words, on one line: "f00dcafe (Example CPU, 16 logical cores, no GPU used)". */
  public String description() {
    String graphics =
        gpu == null ? "no GPU used" : String.join(", ", gpu.lines().distinct().toList());
    return host + " (" + cpu + ", " + logicalCores + " logical cores, " + graphics + ")";
  }
}
