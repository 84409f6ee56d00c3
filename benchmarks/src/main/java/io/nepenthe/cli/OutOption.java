package io.nepenthe.cli;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The {@code --out} option of a command that makes a new folder. */
final class OutOption {
  @Option(
      names = "--out",
      paramLabel = "DIR",
      required = true,
      description = "Folder to write; must not exist, or be empty.")
  private Path out = Path.of(".");

  /** Returns the folder to make. */
  NewFolder folder() {
    return new NewFolder("--out", out);
  }
}
