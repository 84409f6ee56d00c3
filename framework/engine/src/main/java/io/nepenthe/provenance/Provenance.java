package io.nepenthe.provenance;

import org.jspecify.annotations.Nullable;

/**
 * Where and with what a number was measured.
 *
 * @param gitCommit commit of this program's sources, "unknown" outside a checkout; "+" if changed
 * @param jdk vendor and version of the JDK
 * @param djl version of DJL
 * @param libtorch version of libtorch
 * @param os operating system and version
 * @param cpu name of the processor
 * @param logicalCores logical processors of the machine
 * @param memoryBytes RAM of the machine
 * @param gpu name of the GPU, null if none was used
 * @param driver driver of the GPU, null if none was used
 * @param threads threads one operator may use
 * @param host short hash of the machine's name: tells machines apart, names none
 */
public record Provenance(
    String gitCommit,
    String jdk,
    String djl,
    String libtorch,
    String os,
    String cpu,
    int logicalCores,
    long memoryBytes,
    @Nullable String gpu,
    @Nullable String driver,
    int threads,
    String host) {
  /** Returns the machine: times of another do not compare with these. */
  public Machine machine() {
    return new Machine(host, cpu, logicalCores, gpu);
  }
}
