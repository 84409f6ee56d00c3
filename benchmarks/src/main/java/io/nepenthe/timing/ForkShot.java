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
 * What JMH does not know of a shot, passed from fork to judge as a line of a file.
 *
 * @param trialId the winner that was repeated
 * @param isWarmUp true if the shot is off the record
 * @param time of the whole and of the two steps
 * @param weightsHash hash of the weights it left; of a regularizer, of those it started from
 * @param changedEntries how many weights differ from the original model's; null for a regularizer
 * @param otherLoad cores that other processes kept busy, mean over the fork's life so far; null if
 *     unknown
 */
record ForkShot(
    String trialId,
    boolean isWarmUp,
    TrialTime time,
    String weightsHash,
    @Nullable Long changedEntries,
    @Nullable Double otherLoad) {
  void append(Path file) throws IOException {
    Files.writeString(
        file, Json.line(this) + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  /** Returns the shots that count, in the order they were taken; none if there is no file. */
  static List<ForkShot> measured(Path file) throws IOException {
    if (!Files.exists(file)) {
      return List.of();
    }
    try (Stream<String> lines = Files.lines(file)) {
      return lines.map(ForkShot::parse).filter(shot -> !shot.isWarmUp()).toList();
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
