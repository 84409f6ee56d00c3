package io.nepenthe.leaderboard;

import io.nepenthe.metric.ByMetric;
import io.nepenthe.metric.Scores;
import io.nepenthe.plugin.Family;
import io.nepenthe.runstore.TimingResult;
import io.nepenthe.runstore.TrialResult;
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
    EntryLines lines = new EntryLines(key, reasons, counted, times);
    List<Entry> entries = new ArrayList<>();
    for (Ranking.Place place : ranking.places()) {
      entries.add(
          lines.entry(
              Objects.requireNonNull(placed.get(place.id())), place, ranks.get(place.id())));
    }
    List<Entry> others =
        candidates.stream()
            .filter(each -> !placed.containsValue(each))
            .map(each -> lines.entry(each, null, null))
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
