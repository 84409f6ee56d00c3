package io.nepenthe.provenance;

import com.fasterxml.jackson.annotation.JsonInclude;
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
 * @param sandbox how plugin code was kept; left out by older programs
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
    String host,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable SandboxUse sandbox) {
  /** Makes one that does not say how plugin code was kept. */
  public Provenance(
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
    this(
        gitCommit,
        jdk,
        djl,
        libtorch,
        os,
        cpu,
        logicalCores,
        memoryBytes,
        gpu,
        driver,
        threads,
        host,
        null);
  }

  /** Returns it with how plugin code is kept. */
  public Provenance in(SandboxUse use) {
    return new Provenance(
        gitCommit,
        jdk,
        djl,
        libtorch,
        os,
        cpu,
        logicalCores,
        memoryBytes,
        gpu,
        driver,
        threads,
        host,
        use);
  }

  /** Returns the machine: times of another do not compare with these. */
  public Machine machine() {
    return new Machine(host, cpu, logicalCores, gpu);
  }
}
