package io.nepenthe.machine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What other programs of the machine say. */
public final class CommandOutput {
  private static final long LIMIT_SECONDS = 10;

  private CommandOutput() {}

  /**
   * Returns the standard output of a command, stripped; null if it cannot be started, fails, or
   * takes longer than ten seconds.
   */
  public static @Nullable String of(Path folder, List<String> command) {
    try {
      Process process =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      Executor late = CompletableFuture.delayedExecutor(LIMIT_SECONDS, TimeUnit.SECONDS);
      CompletableFuture<Void> limit = CompletableFuture.runAsync(process::destroyForcibly, late);
      try {
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return process.waitFor() == 0 ? text.strip() : null;
      } finally {
        limit.cancel(false);
        process.destroyForcibly();
      }
    } catch (IOException e) {
      return null;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    }
  }
}
