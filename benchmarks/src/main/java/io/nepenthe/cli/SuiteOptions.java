package io.nepenthe.cli;

import io.nepenthe.protocol.Fidelity;
import io.nepenthe.runstore.RunInfo;
import io.nepenthe.suite.Suite;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which suite, and whether in another fidelity than it says. */
final class SuiteOptions {
  @Parameters(
      index = "0",
      paramLabel = "SUITE",
      description = "Name of a suite, or path of a .yaml file.")
  private String suite = "";

  @Option(
      names = "--fidelity",
      paramLabel = "F",
      description =
          "clean, or reference: with the paper's quirks, in place of what the suite says.")
  private @Nullable Fidelity fidelity;

  Suite read() {
    return read(suite, fidelity);
  }

  /** Returns a suite, in another fidelity than it says if one is given. */
  static Suite read(String suite, @Nullable Fidelity fidelity) {
    Suite read = Places.suites().read(suite);
    return fidelity == null ? read : read.in(fidelity);
  }

  /** Returns the suite in the fidelity that a run of it in {@code folder} was made in. */
  Suite readAs(RunInfo stored, Path folder) {
    Suite read = Places.suites().read(suite);
    Suite asked = read.in(fidelity == null ? stored.fidelity() : fidelity);
    stored.requireOf(asked, folder, "Name that suite, and leave --fidelity out.");
    return asked;
  }

  /** Returns where a run of the suite goes, if nothing else is said. */
  Path folder() {
    Suite read = Places.suites().read(suite);
    return fidelity == null || fidelity == read.fidelity()
        ? Path.of("runs", read.name())
        : Path.of("runs", read.name() + "-" + fidelity.id());
  }
}
