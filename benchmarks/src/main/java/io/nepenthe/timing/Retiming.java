package io.nepenthe.timing;

import io.nepenthe.files.AtomicFiles;
import io.nepenthe.json.Json;
import io.nepenthe.provenance.Machine;
import io.nepenthe.runstore.TrialResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a renewal of all times has done so far, kept in the run's {@code tmp/} until it is complete:
 * the same command, given again, goes on with the rest.
 */
final class Retiming {
  private final Path file;
  private final State asked;
  private final Set<String> done;

  /** A renewal by other forks, on another device or machine is another one. */
  private record State(int forks, String device, Machine machine, Set<String> done) {
    boolean isSameTiming(State other) {
      return forks == other.forks && device.equals(other.device) && machine.equals(other.machine);
    }
  }

  private Retiming(Path file, State asked, Set<String> done) {
    this.file = file;
    this.asked = asked;
    this.done = done;
  }

  /** Goes on with a renewal that was cut short, or begins one. */
  static Retiming in(Path folder, TimingOptions options, Machine here) {
    Path file = folder.resolve("tmp").resolve("retiming.json");
    State asked = new State(options.forks(), options.device(), here, Set.of());
    return new Retiming(file, asked, new HashSet<>(read(file, asked)));
  }

  private static Set<String> read(Path file, State asked) {
    try {
      State stored = Json.read(Files.readAllBytes(file), State.class);
      return stored.isSameTiming(asked) ? stored.done() : Set.of();
    } catch (IOException e) {
      return Set.of(); // there is none, or it was cut short itself
    }
  }

  boolean isDone(List<TrialResult> winners) {
    return done.containsAll(ids(winners));
  }

  /** Notes that winners are timed. */
  void put(List<TrialResult> winners) throws IOException {
    done.addAll(ids(winners));
    Files.createDirectories(file.getParent());
    AtomicFiles.write(
        file, Json.line(new State(asked.forks(), asked.device(), asked.machine(), done)));
  }

  /** Forgets: all is timed. */
  void complete() throws IOException {
    Files.deleteIfExists(file);
  }

  private static List<String> ids(List<TrialResult> winners) {
    return winners.stream().map(TrialResult::id).toList();
  }
}
