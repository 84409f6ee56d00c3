package io.nepenthe.cli;

import io.nepenthe.timing.TimingOptions;
import picocli.CommandLine.Option;

/** How winners are timed, for the commands that do. */
final class TimingChoice {
  @Option(
      names = "--forks",
      paramLabel = "N",
      description =
          "Fresh JVMs per task and method; fewer than 3 give no error per seed (default:"
              + " ${DEFAULT-VALUE}).")
  private int forks = TimingOptions.FORKS;

  @Option(
      names = "--replace-timings",
      description =
          "Move timings of other machines to timing/other-machines/, and time all winners here.")
  private boolean replace;

  void check(String command) {
    Usage.requireAtLeastOne(command, "--forks", forks);
  }

  /** Returns the choice to time what is not timed yet. */
  TimingOptions missing(String device) {
    return new TimingOptions(forks, device, false, replace);
  }

  /** Returns the choice to time all winners, timed or not. */
  TimingOptions again(String device) {
    return new TimingOptions(forks, device, true, replace);
  }
}
