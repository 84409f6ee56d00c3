package io.nepenthe.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The texts of language tasks. */
@Command(
    name = "data",
    description = "Lists and downloads the texts (corpora) of language tasks.",
    subcommands = {DataListCommand.class, DataFetchCommand.class},
    mixinStandardHelpOptions = true)
final class DataCommand implements Runnable {
  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Override
  public void run() {
    spec.commandLine().usage(System.out);
  }
}
