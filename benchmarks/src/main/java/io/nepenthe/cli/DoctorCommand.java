package io.nepenthe.cli;

import io.nepenthe.protocol.ErrorCode;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Says what the program finds on this machine, and what to do about what it does not. */
@Command(
    name = DoctorCommand.NAME,
    description = {
      "Says what is found here: Java, processor, memory, disk, libtorch, GPUs and their driver,"
          + " plugins, corpora, a sandbox.",
      "Whatever is missing comes with what to do about it. The exit code is 0 if all is here that"
          + " the program cannot do without."
    },
    mixinStandardHelpOptions = true)
final class DoctorCommand implements Callable<Integer> {
  static final String NAME = "doctor";

  @Mixin private JsonOption json = new JsonOption();

  /**
   * What is printed as JSON.
   *
   * @param isReady true if nothing is missing
   */
  record Report(boolean isReady, List<Finding> findings) {
    static Report of(List<Finding> findings) {
      return new Report(
          findings.stream().noneMatch(each -> each.state() == Finding.State.MISSING), findings);
    }

    String text() {
      return findings.stream().map(Finding::text).collect(Collectors.joining());
    }

    int exitCode() {
      return isReady ? 0 : ErrorCode.NOT_READY.exitCode();
    }
  }

  @Override
  public Integer call() {
    Report report = Report.of(Checkup.ofThisMachine());
    json.print(report, report.text());
    return report.exitCode();
  }
}
