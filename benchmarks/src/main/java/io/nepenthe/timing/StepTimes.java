package io.nepenthe.timing;

import io.nepenthe.runstore.TrialTime;
import io.nepenthe.suite.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * The times of localization and edit of each measured shot, passed from fork to judge by a file.
 */
final class StepTimes {
  private StepTimes() {}

  static void append(TrialTime time) throws IOException {
    Files.writeString(
        Path.of(System.getProperty(TimingShots.STEPS_PROPERTY)),
        Json.line(time) + "\n",
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }

  static List<TrialTime> read(Path file) throws IOException {
    try (Stream<String> lines = Files.lines(file)) {
      return lines
          .map(
              line -> {
                try {
                  return Json.mapper().readValue(line, TrialTime.class);
                } catch (IOException e) {
                  throw new java.io.UncheckedIOException(e);
                }
              })
          .toList();
    }
  }
}
