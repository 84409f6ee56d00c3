package io.nepenthe.cli;

import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import io.nepenthe.suite.Suite;
import io.nepenthe.worker.Workers;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How many workers compute at a time. */
final class WorkerOption {
  @Option(
      names = "--workers",
      paramLabel = "N",
      description =
          "Worker processes at a time (default: processors / threads of the suite; on GPUs, one for"
              + " each).")
  private @Nullable Integer workers;

  /** Returns their number for a suite. */
  int of(Suite suite) {
    int chosen = workers == null ? Devices.workers(suite.device(), suite.threads()) : workers;
    if (chosen < 1 || chosen > Usage.MOST_THREADS) {
      throw new NepentheException(
          ErrorCode.BAD_USAGE,
          "--workers is "
              + chosen
              + ", must be at least 1 and at most "
              + Usage.MOST_THREADS
              + ".");
    }
    return chosen;
  }

  /** Returns the workers of this machine that compute a suite. */
  Workers.Source on(Suite suite, SandboxOption sandbox) {
    int chosen = of(suite);
    return Devices.processes(suite, chosen, sandbox.workers(chosen));
  }
}
