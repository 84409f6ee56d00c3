package io.nepenthe.cli;

import io.nepenthe.protocol.Fidelity;
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
    Suite read = Places.suites().read(suite);
    return fidelity == null ? read : read.in(fidelity);
  }

  /** Returns where a run of the suite goes, if nothing else is said. */
  Path folder() {
    String name = Places.suites().read(suite).name();
    return Path.of("runs", fidelity == null ? name : name + "-" + fidelity.id());
  }
}
