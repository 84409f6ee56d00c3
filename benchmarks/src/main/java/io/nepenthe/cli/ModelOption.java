package io.nepenthe.cli;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The option that names the folder of a model. */
final class ModelOption {
  @Option(names = "--model", paramLabel = "DIR", required = true, description = "Model folder.")
  private Path folder = Path.of(".");

  Path folder() {
    return folder;
  }
}
