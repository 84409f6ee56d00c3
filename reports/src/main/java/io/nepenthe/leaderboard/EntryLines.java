package io.nepenthe.leaderboard;

import io.nepenthe.metric.ByMetric;
import io.nepenthe.metric.Scores;
import io.nepenthe.plugin.Family;
import io.nepenthe.runstore.MachineClass;
import io.nepenthe.runstore.TrialResult;
import io.nepenthe.selection.Exclusion;
import io.nepenthe.selection.ScoreStatistics;
import io.nepenthe.statistics.Ranking;
import io.nepenthe.wording.Words;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a board says of each entry of a task, placed or not. */
final class EntryLines {
  private final TaskKey key;
  private final Map<EntryKey, List<String>> reasons;
  private final Map<EntryKey, SortedMap<Long, TrialResult>> counted;
  private final TimesOnOneMachine times;

  /**
   * Makes them.
   *
   * @param reasons why an entry takes no place, empty if it does
   * @param counted its trials that count, by seed
   */
  EntryLines(
      TaskKey key,
      Map<EntryKey, List<String>> reasons,
      Map<EntryKey, SortedMap<Long, TrialResult>> counted,
      TimesOnOneMachine times) {
    this.key = key;
    this.reasons = reasons;
    this.counted = counted;
    this.times = times;
  }

  /** Returns the line of a candidate; place and rank are null where it takes none. */
  Entry entry(Candidate candidate, Ranking.@Nullable Place place, @Nullable Double rank) {
    EntryKey entry = candidate.key();
    SortedMap<Long, TrialResult> chosen = Objects.requireNonNull(counted.get(entry));
    ScoreStatistics scores = ScoreStatistics.of(candidate.scores(chosen.keySet()), scores(chosen));
    TimesOnOneMachine.Time time = times.of(entry);
    String lost = OverUnlearning.of(chosen.values());
    return new Entry(
        entry.method(),
        candidate.first().name(),
        candidate.first().family(),
        entry.version(),
        entry.jar(),
        candidate.first().submission().name(),
        candidate.first().submission().tier(),
        place == null ? null : place.place(),
        place == null ? null : place.group(),
        rank,
        candidate.first().family() == Family.CONTROL ? List.of() : reasons(entry),
        Value.of(scores.score()),
        place == null || place.comparison() == null ? null : place.comparison().adjustedP(),
        place == null || place.withBest() == null ? null : place.withBest().adjustedP(),
        ByMetric.of(metric -> Value.of(scores.of(metric))),
        time.seconds(),
        time.source(),
        List.copyOf(chosen.keySet()),
        machine(candidate.first().trials()),
        !lost.isEmpty(),
        notes(candidate, place, lost, time),
        exclusions(candidate));
  }

  private List<String> reasons(EntryKey entry) {
    return Objects.requireNonNull(reasons.get(entry));
  }

  private List<String> notes(
      Candidate candidate,
      Ranking.@Nullable Place place,
      String lost,
      TimesOnOneMachine.Time time) {
    Set<Long> unused = new TreeSet<>(candidate.seeds());
    unused.removeAll(Objects.requireNonNull(counted.get(candidate.key())).keySet());
    List<String> notes = new ArrayList<>();
    if (candidate.first().family() == Family.CONTROL) {
      notes.addAll(reasons(candidate.key()));
    }
    notes.add(lost);
    candidate.counted().stream().map(run -> run.note(key)).distinct().forEach(notes::add);
    notes.add(
        unused.isEmpty()
            ? ""
            : "seeds " + BoardWords.seeds(List.copyOf(unused)) + " are not asked for");
    notes.add(
        candidate.repetitions() == 0
            ? ""
            : Words.count(candidate.repetitions(), "later run") + " of it not counted");
    notes.add(place == null ? "" : place.note());
    notes.add(place == null || place.comparison() == null ? "" : place.comparison().note());
    notes.add(time.note());
    return notes.stream().filter(note -> !note.isBlank()).toList();
  }

  private static List<Exclusion> exclusions(Candidate candidate) {
    return candidate.counted().stream()
        .flatMap(run -> run.selection().excluded().stream())
        .distinct()
        .toList();
  }

  private static String machine(Collection<TrialResult> trials) {
    return trials.stream()
        .map(trial -> MachineClass.of(trial.provenance()).words())
        .distinct()
        .sorted()
        .collect(Collectors.joining("; "));
  }

  private static Map<Long, Scores> scores(Map<Long, TrialResult> trials) {
    Map<Long, Scores> scores = new TreeMap<>();
    trials.forEach(
        (seed, trial) ->
            scores.put(seed, Objects.requireNonNull(trial.after(), "a winner was measured")));
    return scores;
  }
}
