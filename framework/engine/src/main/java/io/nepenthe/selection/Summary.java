package io.nepenthe.selection;

import io.nepenthe.metric.Scores;
import io.nepenthe.plugin.Family;
import io.nepenthe.runstore.OriginalResult;
import io.nepenthe.runstore.RunInfo;
import io.nepenthe.runstore.TimingResult;
import io.nepenthe.runstore.TrialResult;
import io.nepenthe.statistics.Statistic;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Computes the lines of a run's tables from what is stored. Pure: equal files give equal lines. */
public final class Summary {
  private static final String EXTRA_FINE_TUNING = "extra-fine-tuning";

  private final RunInfo info;
  private final List<OriginalResult> originals;
  private final List<TrialResult> trials;
  private final List<TimingResult> timings;
  private final Winners winners = new Winners(SelectionRule.MATH);

  /** Summarises stored results. */
  public Summary(
      RunInfo info,
      List<OriginalResult> originals,
      List<TrialResult> trials,
      List<TimingResult> timings) {
    this.info = info;
    this.originals = originals;
    this.trials = trials;
    this.timings = timings;
  }

  /** Returns the lines: per task, the original model first, then methods in the suite's order. */
  public List<SummaryRow> rows() {
    List<SummaryRow> rows = new ArrayList<>();
    for (String task : info.tasks()) {
      rows.add(original(task));
      for (String method : info.methods()) {
        List<TrialResult> ofMethod = trials(task, method);
        if (!ofMethod.isEmpty()) {
          rows.add(row(task, method, ofMethod));
        }
      }
    }
    return rows;
  }

  /** Returns the trial that stands for a method on a task, by seed. */
  public Map<Long, TrialResult> winners(String task, String method) {
    return winners.choose(trials(task, method), limitSeconds(task));
  }

  private List<TrialResult> trials(String task, String method) {
    return trials.stream()
        .filter(trial -> trial.identity().task().equals(task))
        .filter(trial -> trial.identity().method().equals(method))
        .toList();
  }

  /** The time of extra fine-tuning on the machine of the run, mean over seeds. */
  private OptionalDouble limitSeconds(String task) {
    return trials(task, EXTRA_FINE_TUNING).stream()
        .filter(TrialResult::isValid)
        .mapToDouble(trial -> Objects.requireNonNull(trial.time()).seconds())
        .average();
  }

  private SummaryRow original(String task) {
    List<OriginalResult> ofTask =
        originals.stream().filter(original -> original.task().equals(task)).toList();
    List<Scores> scores = ofTask.stream().map(OriginalResult::scores).toList();
    return new SummaryRow(
        task,
        SummaryRow.ORIGINAL,
        "Original model",
        Family.CONTROL,
        ofTask.stream().map(OriginalResult::seed).sorted().toList(),
        statistic(scores, score -> score.memorization().memorizedPercent()),
        statistic(scores, Scores::accuracyPercent),
        statistic(scores, Scores::predictableAccuracyPercent),
        statistic(scores, Scores::perplexity),
        null,
        null,
        null,
        null,
        null,
        Map.of(),
        0,
        List.of(),
        "");
  }

  private SummaryRow row(String task, String method, List<TrialResult> ofMethod) {
    Map<Long, TrialResult> chosen = winners(task, method);
    List<Scores> scores =
        chosen.values().stream().map(trial -> Objects.requireNonNull(trial.after())).toList();
    WinnerTimes times = WinnerTimes.of(chosen.values(), timing(task, method, chosen.values()));
    return new SummaryRow(
        task,
        method,
        ofMethod.get(0).methodName(),
        ofMethod.get(0).family(),
        List.copyOf(chosen.keySet()),
        statistic(scores, score -> score.memorization().memorizedPercent()),
        statistic(scores, Scores::accuracyPercent),
        statistic(scores, Scores::predictableAccuracyPercent),
        statistic(scores, Scores::perplexity),
        Statistic.of(times.seconds()),
        times.source(),
        Statistic.of(times.localizeSeconds()),
        Statistic.of(times.editSeconds()),
        tuningSeconds(ofMethod),
        described(chosen),
        ofMethod.size(),
        ofMethod.stream()
            .filter(trial -> !trial.isValid())
            .map(
                trial ->
                    "seed "
                        + trial.identity().seed()
                        + ", "
                        + trial.identity().hyperparameters()
                        + ": "
                        + trial.outcome().explanation())
            .toList(),
        note(ofMethod, chosen));
  }

  private @Nullable TimingResult timing(
      String task, String method, Collection<TrialResult> chosen) {
    return timings.stream()
        .filter(timing -> timing.task().equals(task) && timing.method().equals(method))
        .filter(
            timing ->
                chosen.stream()
                    .allMatch(
                        trial ->
                            timing.shots().stream()
                                .anyMatch(shot -> shot.trialId().equals(trial.id()))))
        .findAny()
        .orElse(null);
  }

  private String note(List<TrialResult> ofMethod, Map<Long, TrialResult> chosen) {
    if (chosen.isEmpty()) {
      return "no valid trial";
    }
    return chosen.size() < info.seeds().size()
        ? "only " + chosen.size() + " of " + info.seeds().size() + " seeds have a valid trial"
        : ofMethod.stream().allMatch(TrialResult::isValid) ? "" : "some trials failed";
  }

  private Map<Long, SummaryRow.Winner> described(Map<Long, TrialResult> chosen) {
    Map<Long, SummaryRow.Winner> described = new LinkedHashMap<>();
    chosen.forEach(
        (seed, trial) ->
            described.put(
                seed,
                new SummaryRow.Winner(
                    trial.id(), trial.identity().hyperparameters(), winners.score(trial))));
    return described;
  }

  private static @Nullable Double tuningSeconds(List<TrialResult> trials) {
    long seeds = trials.stream().map(trial -> trial.identity().seed()).distinct().count();
    return trials.stream()
            .filter(TrialResult::isValid)
            .mapToDouble(trial -> Objects.requireNonNull(trial.time()).seconds())
            .sum()
        / seeds;
  }

  private static @Nullable Statistic statistic(
      List<Scores> scores, Function<Scores, @Nullable Double> part) {
    return Statistic.of(scores.stream().map(part).filter(Objects::nonNull).toList());
  }
}
