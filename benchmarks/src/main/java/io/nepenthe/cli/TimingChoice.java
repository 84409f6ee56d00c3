package io.nepenthe.cli;

import io.nepenthe.suite.Suite;
import io.nepenthe.timing.TimingOptions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How winners are timed, for the commands that do. */
final class TimingChoice {
  @Option(
      names = "--forks",
      paramLabel = "N",
      description =
          "Fresh JVMs per task and method; fewer than 3 give no error per seed (default: what the"
              + " suite says, else 3).")
  private @Nullable Integer forks;

  @Option(
      names = "--replace-timings",
      description =
          "Move timings of other machines to timing/other-machines/, and time all winners here.")
  private boolean replace;

  void check(String command) {
    if (forks != null) {
      Usage.requireWithin(command, "--forks", forks, Usage.MOST_THREADS);
    }
  }

  /** Returns the number of forks for a run of a suite; 0 if it takes no times. */
  int forks(Suite suite) {
    return forks == null ? suite.timingForks() : forks;
  }

  /** Returns the choice to time what is not timed yet. */
  TimingOptions missing(Suite suite, SandboxOption sandbox) {
    return new TimingOptions(
        forks(suite),
        suite.device(),
        false,
        replace,
        sandbox.workers(1),
        Devices.systemName(suite.device()));
  }

  /** Returns the choice to time all winners, timed or not, even of a suite that takes no times. */
  TimingOptions again(Suite suite, String device, SandboxOption sandbox) {
    int chosen = forks(suite) == 0 ? TimingOptions.FORKS : forks(suite);
    return new TimingOptions(
        chosen, device, true, replace, sandbox.workers(1), Devices.systemName(device));
  }
}
