package io.nepenthe.cli;

import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import io.nepenthe.run.RunListener;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Spark's driver, a process with Spark's class path. What it says of units is told on; the rest is
 * in its log. It ends with this process: it reads an end of its input.
 */
final class SparkDriverProcess {
  private final RunListener listener;
  private final Path log;
  private @Nullable String error;

  SparkDriverProcess(RunListener listener, Path log) {
    this.listener = listener;
    this.log = log;
  }

  /**
   * Runs it to its end.
   *
   * @throws NepentheException with RUN_INCOMPLETE if units are left; with the code of a unit that
   *     no retry helps
   */
  void run(List<String> command) {
    try {
      ProcessBuilder builder = new ProcessBuilder(command);
      builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
      builder.redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
      Process driver = builder.start();
      try {
        tell(driver);
        conclude(driver.waitFor());
      } finally {
        driver.destroy();
      }
    } catch (IOException e) {
      throw new NepentheException(ErrorCode.IO, "cannot start Spark's driver (" + e + ")", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new NepentheException(
          ErrorCode.RUN_INCOMPLETE, "interrupted; the same command continues", e);
    }
  }

  private void tell(Process driver) throws IOException {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(driver.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        tell(line.split(" ", 2), line);
      }
    }
  }

  private void tell(String[] words, String line) throws IOException {
    if (words.length == 2 && words[0].equals("warning")) {
      listener.warned(words[1]);
    } else if (words.length == 2 && words[0].equals("error")) {
      error = words[1];
    } else if (words.length == 2 && words[0].equals("progress") && words[1].matches("\\d+ \\d+")) {
      String[] numbers = words[1].split(" ", 2);
      listener.progressed("units", Long.parseLong(numbers[0]), Long.parseLong(numbers[1]));
    } else {
      Files.writeString(log, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
  }

  private void conclude(int exitCode) {
    if (exitCode == 0) {
      return;
    }
    if (error == null && exitCode > 1 && exitCode <= ErrorCode.RUN_INCOMPLETE.exitCode()) {
      return; // each unit that is left was told of
    }
    String why = error == null ? "it ended with exit code " + exitCode : error;
    throw new NepentheException(
        code(exitCode), "Spark's driver: " + why + ". Its log is " + log + ".");
  }

  private static ErrorCode code(int exitCode) {
    return Arrays.stream(ErrorCode.values())
        .filter(code -> code.exitCode() == exitCode && exitCode > 1)
        .findFirst()
        .orElse(ErrorCode.RUN_INCOMPLETE);
  }
}
