package io.nepenthe.worker;

import io.nepenthe.sandbox.Containment;
import java.util.List;

/**
 * How the processes of this machine that run plugin code are started.
 *
 * @param javaOptions further options of their JVMs
 * @param containment what keeps them from the rest of the machine
 * @param memoryBytes memory that one and all that it starts may hold
 */
public record WorkerSettings(List<String> javaOptions, Containment containment, long memoryBytes) {
  /** Copies the list. */
  public WorkerSettings {
    javaOptions = List.copyOf(javaOptions);
  }

  /** Returns settings without a sandbox, and without a limit of memory. */
  public static WorkerSettings uncontained(List<String> javaOptions) {
    return new WorkerSettings(javaOptions, Containment.OFF, Long.MAX_VALUE);
  }
}
