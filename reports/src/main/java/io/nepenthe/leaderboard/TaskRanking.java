package io.nepenthe.leaderboard;

import io.nepenthe.metric.ByMetric;
import io.nepenthe.metric.Scores;
import io.nepenthe.plugin.Family;
import io.nepenthe.runstore.MachineClass;
import io.nepenthe.runstore.TimingResult;
import io.nepenthe.runstore.TrialResult;
import io.nepenthe.selection.Exclusion;
import io.nepenthe.selection.ScoreStatistics;
import io.nepenthe.selection.TaskSelection;
import io.nepenthe.statistics.Ranking;
import io.nepenthe.wording.Words;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Ranks the entries of one task. */
final class TaskRanking {
  private static final Comparator<Entry> BY_SCORE =
      Comparator.<Entry>comparingDouble(TaskRanking::score)
          .thenComparing(Entry::name)
          .thenComparing(Entry::method)
          .thenComparing(Entry::version, Versions.OLDEST_FIRST)
          .thenComparing(Entry::jar);

  private final TaskKey key;
  private final Standing standing;
  private final OneOriginal original;
  private final List<TrialResult> trials;
  private final List<Candidate> candidates;
  private final Set<Long> required;
  private final Map<String, Candidate> placed = new LinkedHashMap<>();
  private final Map<EntryKey, List<String>> reasons = new HashMap<>();
  private final Map<EntryKey, SortedMap<Long, TrialResult>> counted = new TreeMap<>();
  private final TimesOnOneMachine times;
  private final Ranking ranking;

  /**
   * Ranks.
   *
   * @param results of every run that has any, in the order in which the runs came; at least one is
   *     of an accepted submission
   */
  TaskRanking(TaskKey key, List<RunResult> results, Standing standing, Terms terms) {
    this.key = key;
    this.standing = standing;
    this.trials =
        results.stream()
            .filter(result -> result.submission().isAccepted())
            .flatMap(result -> result.trials().stream())
            .toList();
    this.original = terms.firstOriginal() ? OneOriginal.first(trials) : OneOriginal.ofMost(trials);
    this.candidates = candidates(results);
    this.required = required(terms);
    decide();
    this.times = TimesOnOneMachine.of(chosen(), timings());
    Map<String, Map<Long, Double>> scores = new LinkedHashMap<>();
    placed.forEach((method, candidate) -> scores.put(method, candidate.scores(required)));
    this.ranking = Ranking.of(scores);
  }

  /**
   * Returns the entries to list, by name; of an entry that was ever accepted, what was accepted.
   */
  private List<Candidate> candidates(List<RunResult> results) {
    Map<EntryKey, List<RunResult>> byKey =
        results.stream()
            .filter(result -> !standing.isOlder(result.key()))
            .collect(Collectors.groupingBy(RunResult::key, TreeMap::new, Collectors.toList()));
    List<Candidate> all = new ArrayList<>();
    byKey.forEach(
        (entry, runs) -> {
          List<RunResult> accepted =
              runs.stream().filter(run -> run.submission().isAccepted()).toList();
          all.add(new Candidate(entry, accepted.isEmpty() ? runs : accepted, original));
        });
    return all.stream()
        .sorted(
            Comparator.<Candidate, String>comparing(each -> each.first().name())
                .thenComparing(Candidate::key))
        .toList();
  }

  private boolean stands(Candidate candidate) {
    return candidate.isAccepted()
        && candidate.first().family() != Family.CONTROL
        && standing.refusal(candidate.key()).isEmpty();
  }

  /** Returns the seeds that all ranked entries have, so that none gains by what it leaves out. */
  private Set<Long> required(Terms terms) {
    if (terms.seeds() != null) {
      Set<Long> seeds = new TreeSet<>(terms.seeds());
      seeds.removeAll(seedsWithNothing());
      return seeds;
    }
    List<Set<Long>> all =
        candidates.stream()
            .filter(this::stands)
            .map(Candidate::seeds)
            .filter(seeds -> !seeds.isEmpty())
            .toList();
    return all.stream()
        .flatMap(Set::stream)
        .filter(seed -> 2 * all.stream().filter(each -> each.contains(seed)).count() >= all.size())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Returns the seeds whose original model memorized nothing: no method can have a result. */
  private Set<Long> seedsWithNothing() {
    return trials.stream()
        .filter(original::has)
        .filter(trial -> isNothing(trial.before().memorizedPercent()))
        .map(trial -> trial.identity().seed())
        .collect(Collectors.toSet());
  }

  private static boolean isNothing(@Nullable Double percent) {
    return percent == null || percent == 0;
  }

  private void decide() {
    for (Candidate candidate : candidates) {
      List<String> why = new ArrayList<>();
      standing.refusal(candidate.key()).ifPresent(why::add);
      why.addAll(candidate.lacks(required));
      boolean isControl = candidate.first().family() == Family.CONTROL;
      boolean isPlaced = !isControl && why.isEmpty() && !required.isEmpty();
      if (isPlaced) {
        placed.put(candidate.key().method(), candidate);
      }
      reasons.put(candidate.key(), List.copyOf(why));
      counted.put(candidate.key(), candidate.trials(isPlaced ? required : candidate.seeds()));
    }
  }

  private Map<EntryKey, Collection<TrialResult>> chosen() {
    Map<EntryKey, Collection<TrialResult>> chosen = new TreeMap<>();
    counted.forEach((entry, trials) -> chosen.put(entry, trials.values()));
    return chosen;
  }

  private Map<EntryKey, List<TimingResult>> timings() {
    return candidates.stream()
        .collect(
            Collectors.toMap(
                Candidate::key,
                each ->
                    each.counted().stream()
                        .flatMap(run -> run.submission().run().timings().stream())
                        .toList()));
  }

  TaskBoard board(String name) {
    return new TaskBoard(
        name,
        key.taskHash(),
        TaskSelection.rulesInWords(key.rules(), limitedBy()),
        List.copyOf(seeds()),
        before(),
        times.machine(),
        entries(),
        ranking.caveat(),
        notCounted());
  }

  /** Returns the seeds that count; those that were tried, if none has a result. */
  private Set<Long> seeds() {
    return required.isEmpty()
        ? trials.stream()
            .map(trial -> trial.identity().seed())
            .collect(Collectors.toCollection(TreeSet::new))
        : required;
  }

  private @Nullable String limitedBy() {
    String limit = key.rules().limit();
    return limit == null
        ? null
        : candidates.stream()
            .filter(each -> each.key().method().equals(limit))
            .map(each -> each.first().name())
            .findFirst()
            .orElse(limit);
  }

  /** Returns why the task does not count overall, empty if it does. */
  private String notCounted() {
    boolean nothing =
        trials.stream()
            .filter(original::has)
            .allMatch(trial -> isNothing(trial.before().memorizedPercent()));
    if (nothing) {
      return "Nothing was memorized before mitigation, so there is nothing to forget: no method is"
          + " ranked, and the task does not count overall.";
    }
    return placed.isEmpty()
        ? "No method has a result that can be ranked: the task does not count overall."
        : "";
  }

  private List<Entry> entries() {
    Map<String, Double> ranks = ranks(ranking);
    List<Entry> entries = new ArrayList<>();
    for (Ranking.Place place : ranking.places()) {
      entries.add(
          entry(Objects.requireNonNull(placed.get(place.id())), place, ranks.get(place.id())));
    }
    List<Entry> others =
        candidates.stream()
            .filter(each -> !placed.containsValue(each))
            .map(each -> entry(each, null, null))
            .sorted(BY_SCORE)
            .toList();
    others.stream().filter(each -> each.family() != Family.CONTROL).forEach(entries::add);
    others.stream().filter(each -> each.family() == Family.CONTROL).forEach(entries::add);
    return entries;
  }

  private static double score(Entry entry) {
    return entry.score() == null || entry.score().mean() == null
        ? Double.POSITIVE_INFINITY
        : entry.score().mean();
  }

  /** Returns the mean of the positions that each method's tie group takes. */
  static Map<String, Double> ranks(Ranking ranking) {
    Map<Integer, List<Integer>> positions = new LinkedHashMap<>();
    for (int i = 0; i < ranking.places().size(); i++) {
      positions
          .computeIfAbsent(ranking.places().get(i).group(), group -> new ArrayList<>())
          .add(i + 1);
    }
    Map<String, Double> ranks = new HashMap<>();
    for (Ranking.Place place : ranking.places()) {
      List<Integer> group = Objects.requireNonNull(positions.get(place.group()));
      ranks.put(place.id(), (group.get(0) + group.get(group.size() - 1)) / 2.0);
    }
    return ranks;
  }

  private Entry entry(Candidate candidate, Ranking.@Nullable Place place, @Nullable Double rank) {
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
    return mapped(
        trials, trial -> Objects.requireNonNull(trial.after(), "a winner has been measured"));
  }

  private static <T> Map<Long, T> mapped(
      Map<Long, TrialResult> trials, Function<TrialResult, T> part) {
    Map<Long, T> mapped = new TreeMap<>();
    trials.forEach((seed, trial) -> mapped.put(seed, part.apply(trial)));
    return mapped;
  }

  /** Every model that counts does so once: one of each seed. */
  private ByMetric<Value> before() {
    Map<Long, Scores> models = new TreeMap<>();
    for (TrialResult trial : trials) {
      if (original.has(trial) && seeds().contains(trial.identity().seed())) {
        models.putIfAbsent(trial.identity().seed(), trial.before());
      }
    }
    return ByMetric.of(
        metric ->
            Value.of(
                models.values().stream()
                    .map(scores -> scores.of(metric))
                    .filter(Objects::nonNull)
                    .toList()));
  }

  /** Returns a sentence on trials of other original models, none if there are none. */
  List<String> leftOut(String name) {
    List<TrialResult> others = trials.stream().filter(trial -> !original.has(trial)).toList();
    if (others.isEmpty()) {
      return List.of();
    }
    return List.of(
        name
            + ": "
            + Words.count(others.size(), "trial")
            + " of other original models of seeds "
            + BoardWords.seeds(
                others.stream().map(each -> each.identity().seed()).distinct().sorted().toList())
            + "; one model of each seed counts");
  }
}
