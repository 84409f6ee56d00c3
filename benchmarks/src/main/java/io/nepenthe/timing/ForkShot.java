package io.nepenthe.timing;

import io.nepenthe.json.Json;
import io.nepenthe.runstore.TrialTime;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What JMH does not know of a measured shot, passed from fork to judge as a line of a file.
 *
 * @param time of the whole and of the two steps
 * @param otherLoad cores that other processes kept busy, mean over the fork's life so far; null if
 *     unknown
 */
record ForkShot(TrialTime time, @Nullable Double otherLoad) {
  void append() throws IOException {
    Files.writeString(
        Path.of(System.getProperty(TimingShots.FORK_SHOTS_PROPERTY)),
        Json.line(this) + "\n",
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }

  /** Returns all shots of all forks, in the order they were taken. */
  static List<ForkShot> read(Path file) throws IOException {
    try (Stream<String> lines = Files.lines(file)) {
      return lines.map(ForkShot::parse).toList();
    }
  }

  private static ForkShot parse(String line) {
    try {
      return Json.mapper().readValue(line, ForkShot.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
