package io.nepenthe.worker;

import io.nepenthe.sandbox.Sandbox;
import java.util.List;

/**
 * How the workers of this machine run.
 *
 * @param javaOptions further options of their JVMs
 * @param sandbox what keeps those that run a plugin
 */
public record WorkerSettings(List<String> javaOptions, Sandbox sandbox) {
  /** Copies the list. */
  public WorkerSettings {
    javaOptions = List.copyOf(javaOptions);
  }
}
