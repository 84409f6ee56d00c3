package io.nepenthe.worker;

import java.util.ArrayList;
import java.util.List;

/** The JVM in which plugin code runs, in a sweep and in the forks that time it alike. */
public final class WorkerJvm {
  private WorkerJvm() {}

  /**
   * Returns its options.
   *
   * @param threads threads one operator may use
   * @param further options of the user, which win where they say otherwise
   */
  public static List<String> options(int threads, List<String> further) {
    List<String> options =
        new ArrayList<>(
            List.of(
                "-XX:+UseSerialGC",
                "-XX:+ExitOnOutOfMemoryError",
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "-Xmx2g", // tensors live outside the heap
                "-Dai.djl.offline=true",
                "-DOPT_OUT_TRACKING=true",
                "-Dai.djl.pytorch.num_threads=" + threads,
                "-Dai.djl.pytorch.num_interop_threads=1"));
    options.addAll(further);
    return List.copyOf(options);
  }
}
