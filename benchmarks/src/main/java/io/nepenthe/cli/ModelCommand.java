package io.nepenthe.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Takes models to Hugging Face and from there. */
@Command(
    name = "model",
    description = "Writes models for Hugging Face's transformers, and reads them.",
    subcommands = {ExportCommand.class, ImportCommand.class},
    mixinStandardHelpOptions = true)
final class ModelCommand implements Runnable {
  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Override
  public void run() {
    spec.commandLine().usage(System.out);
  }
}
