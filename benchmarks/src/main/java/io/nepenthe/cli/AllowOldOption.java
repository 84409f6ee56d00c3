package io.nepenthe.cli;

import io.nepenthe.runstore.RunStore;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The {@code --allow-old} option of commands that show what runs hold. */
final class AllowOldOption {
  @Option(
      names = "--allow-old",
      description =
          "Read results of the first versions too, which have no seal: nothing tells whether they"
              + " are what was measured.")
  private boolean allowOld;

  /** Returns the results of a folder; damaged files are reported on standard error. */
  RunStore store(Path folder) {
    return allowOld
        ? RunStore.allowingOld(folder, Console::warn)
        : new RunStore(folder, Console::warn);
  }
}
