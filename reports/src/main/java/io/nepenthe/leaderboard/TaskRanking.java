package io.nepenthe.leaderboard;

import io.nepenthe.metric.ByMetric;
import io.nepenthe.metric.Scores;
import io.nepenthe.plugin.Family;
import io.nepenthe.runstore.MethodInfo;
import io.nepenthe.runstore.RunInfo;
import io.nepenthe.runstore.TaskInfo;
import io.nepenthe.runstore.TimingResult;
import io.nepenthe.runstore.TrialIdentity;
import io.nepenthe.runstore.TrialResult;
import io.nepenthe.selection.MethodSelection;
import io.nepenthe.selection.ScoreStatistics;
import io.nepenthe.selection.TaskSelection;
import io.nepenthe.statistics.Ranking;
import io.nepenthe.summary.Summary;
import io.nepenthe.summary.SummaryRow;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Chooses and ranks on one task, as a single run with all its trials would. */
final class TaskRanking {
  private static final Comparator<Entry> BY_SCORE =
      Comparator.<Entry>comparingDouble(TaskRanking::score)
          .thenComparing(Entry::name)
          .thenComparing(Entry::method);

  private static final Comparator<TrialResult> BY_NAME =
      Comparator.comparing(TrialResult::methodName)
          .thenComparing(trial -> trial.identity().method());

  private static final String OTHER_ORIGINAL =
      "run on another original model of the seed than most methods";

  private final TaskKey key;
  private final List<TrialResult> trials;
  private final OneOriginal original;
  private final RunInfo info;
  private final TaskSelection selection;
  private final Map<String, SummaryRow> rows = new TreeMap<>();
  private final Map<String, Collection<TrialResult>> winners = new TreeMap<>();
  private final TimesOnOneMachine times;

  /**
   * Ranks on a task.
   *
   * @param limit id of the method whose time limits that of others; null if no run has one
   * @param trials at least one
   * @param original which of them count
   * @param timings of any task
   */
  TaskRanking(
      TaskKey key,
      @Nullable String limit,
      List<TrialResult> trials,
      OneOriginal original,
      List<TimingResult> timings) {
    this.key = key;
    this.trials = trials;
    this.original = original;
    this.info = info(key, limit, trials);
    List<TrialResult> counted =
        trials.stream()
            .map(trial -> original.has(trial) ? trial : trial.notApplicable(OTHER_ORIGINAL))
            .toList();
    Summary summary = new Summary(info, List.of(), counted, List.of());
    this.selection = summary.selection().get(0);
    summary.rows().forEach(row -> rows.put(row.method(), row));
    info.methods().forEach(id -> winners.put(id, summary.winners(key.task(), id).values()));
    this.times = TimesOnOneMachine.of(winners, timings);
  }

  private static RunInfo info(TaskKey key, @Nullable String limit, List<TrialResult> trials) {
    TrialResult first = trials.get(0);
    return new RunInfo(
        key.task(),
        "",
        first.identity().protocol(),
        first.identity().fidelity(),
        Map.of(),
        trials.stream().map(trial -> trial.identity().seed()).distinct().sorted().toList(),
        Map.of(key.task(), TaskInfo.noted("")),
        MethodInfo.unknown(methods(trials)),
        Map.of(key.task(), key.rules().limitedBy(limit)),
        Map.of(),
        first.provenance(),
        false);
  }

  private static List<String> methods(List<TrialResult> trials) {
    return trials.stream()
        .sorted(BY_NAME)
        .map(trial -> trial.identity().method())
        .distinct()
        .toList();
  }

  TaskBoard board(String name) {
    return new TaskBoard(
        name,
        key.taskHash(),
        selection.rulesInWords(),
        info.seeds(),
        before(),
        times.machine(),
        entries(),
        selection.ranking().caveat(),
        notCounted());
  }

  /** Returns why the task does not count overall, empty if it does. */
  private String notCounted() {
    boolean nothing =
        trials.stream()
            .filter(original::has)
            .map(trial -> trial.before().memorizedPercent())
            .allMatch(percent -> percent == null || percent == 0);
    if (nothing) {
      return "Nothing was memorized before mitigation, so there is nothing to forget: no method is"
          + " ranked, and the task does not count overall.";
    }
    return selection.ranking().places().isEmpty()
        ? "No method has a result that can be ranked: the task does not count overall."
        : "";
  }

  private List<Entry> entries() {
    Map<String, Double> ranks = ranks(selection.ranking());
    List<Entry> ranked = new ArrayList<>();
    for (Ranking.Place place : selection.ranking().places()) {
      ranked.add(entry(selected(place.id()), place, ranks.get(place.id())));
    }
    List<Entry> others =
        selection.methods().stream()
            .filter(method -> !ranks.containsKey(method.method()))
            .map(method -> entry(method, null, null))
            .sorted(BY_SCORE)
            .toList();
    others.stream().filter(each -> each.family() != Family.CONTROL).forEach(ranked::add);
    others.stream().filter(each -> each.family() == Family.CONTROL).forEach(ranked::add);
    return ranked;
  }

  private MethodSelection selected(String method) {
    return selection.of(method).orElseThrow();
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

  private Entry entry(
      MethodSelection method, Ranking.@Nullable Place place, @Nullable Double rank) {
    SummaryRow row = Objects.requireNonNull(rows.get(method.method()));
    ScoreStatistics scores = method.winnerScores();
    Collection<TrialResult> chosen = Objects.requireNonNull(winners.get(method.method()));
    TimesOnOneMachine.Time time = times.of(method.method());
    String lost = OverUnlearning.of(chosen);
    List<String> notes = new ArrayList<>();
    notes.add(lost);
    notes.add(row.note());
    Set<Long> elsewhere = original.lost(trials).getOrDefault(method.method(), Set.of());
    notes.add(
        elsewhere.isEmpty()
            ? ""
            : "seeds " + BoardWords.seeds(List.copyOf(elsewhere)) + ": " + OTHER_ORIGINAL);
    notes.add(place == null ? "" : place.note());
    notes.add(place == null || place.comparison() == null ? "" : place.comparison().note());
    notes.add(time.note());
    return new Entry(
        method.method(),
        row.name(),
        method.family(),
        version(method.method()),
        place == null ? null : place.place(),
        place == null ? null : place.group(),
        rank,
        Value.of(scores.score()),
        place == null || place.comparison() == null ? null : place.comparison().adjustedP(),
        place == null || place.withBest() == null ? null : place.withBest().adjustedP(),
        ByMetric.of(metric -> Value.of(scores.of(metric))),
        time.seconds(),
        time.source(),
        row.seeds(),
        !lost.isEmpty(),
        notes.stream().filter(note -> !note.isBlank()).toList());
  }

  private String version(String method) {
    return trials.stream()
        .map(TrialResult::identity)
        .filter(identity -> identity.method().equals(method))
        .map(TrialIdentity::methodVersion)
        .findFirst()
        .orElseThrow();
  }

  /** Every model that counts does so once: one of each seed. */
  private ByMetric<Value> before() {
    Map<Long, Scores> models = new TreeMap<>();
    for (TrialResult trial : trials) {
      if (original.has(trial)) {
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
}
