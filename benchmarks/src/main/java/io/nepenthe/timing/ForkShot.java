package io.nepenthe.timing;

import io.nepenthe.exchange.TrialTime;
import io.nepenthe.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
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
  private static final int LONGEST_LINE = 1 << 12;

  void append(Path file) throws IOException {
    Files.writeString(
        file, Json.line(this) + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  /**
   * Returns the shots in the order they were taken; none if there is no file.
   *
   * @param asked how many there can be
   */
  static List<ForkShot> all(Path file, int asked) throws IOException, TimingFailedException {
    if (!Files.isRegularFile(file)) {
      return List.of();
    }
    if (Files.size(file) > (long) LONGEST_LINE * asked) {
      throw new TimingFailedException("it told more than was asked");
    }
    List<ForkShot> shots = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      shots.add(parse(line));
    }
    return shots;
  }

  private static ForkShot parse(String line) throws TimingFailedException {
    try {
      ForkShot shot = Json.mapper().readValue(line, ForkShot.class);
      if (shot != null && shot.trialId != null && shot.time != null && shot.weightsHash != null) {
        return shot;
      }
    } catch (IOException e) {
      // no shot either
    }
    throw new TimingFailedException("it told something that is no time of a trial");
  }
}
