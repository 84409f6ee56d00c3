package io.nepenthe.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Judges what the judge measures. */
@Command(
    name = "metrics",
    description = "Judges the metrics themselves.",
    subcommands = MetricsStudyCommand.class,
    mixinStandardHelpOptions = true)
final class MetricsCommand implements Runnable {
  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Override
  public void run() {
    spec.commandLine().usage(System.out);
  }
}
