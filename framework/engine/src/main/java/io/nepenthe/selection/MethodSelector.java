package io.nepenthe.selection;

import io.nepenthe.metric.Scores;
import io.nepenthe.metric.SplitScores;
import io.nepenthe.plugin.Family;
import io.nepenthe.runstore.TrialResult;
import io.nepenthe.suite.SelectionSpec;
import io.nepenthe.wording.Words;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Chooses what stands for a method on a task (EVALUATION 5).
 *
 * <p>Unlearning, fine-tuning and controls: per seed the lowest score among the eligible trials.
 * Regularizers: the one setting with the best mean over seeds. Beside it, for every kind of method,
 * the one setting for all seeds that is best on the validation halves.
 */
final class MethodSelector {
  private static final Comparator<Exclusion> BY_SEED_AND_SETTING =
      Comparator.comparingLong(Exclusion::seed)
          .thenComparing(each -> each.hyperparameters().toString())
          .thenComparing(Exclusion::trial);

  private final SelectionSpec spec;
  private final Limit limit;
  private final List<Long> seeds;

  /**
   * Chooses by a task's rules.
   *
   * @param seeds of the run
   */
  MethodSelector(SelectionSpec spec, Limit limit, List<Long> seeds) {
    this.spec = spec;
    this.limit = limit;
    this.seeds = List.copyOf(seeds);
  }

  /** Selects among the trials of one method, at least one. */
  MethodSelection select(List<TrialResult> trials) {
    TrialResult any = trials.get(0);
    boolean regularizer = any.family() == Family.REGULARIZER;
    TrialScore criterion =
        regularizer ? TrialScore.of(spec.regularizers()) : TrialScore.of(spec.score());
    Eligibility eligibility =
        Eligibility.of(trials, Inclusion.of(spec.inclusion(), any.family(), limit));
    List<ScoredTrial> scored =
        eligibility.eligible().stream()
            .map(trial -> scored(trial, criterion, trial.before(), trial.after()))
            .toList();
    Map<Long, ScoredTrial> winners =
        regularizer
            ? OneSetting.choose(scored).map(OneSetting::trials).orElse(Map.of())
            : PerSeed.choose(scored);
    Map<Long, Double> scores = mapped(winners, each -> score(each.trial().before(), each.scores()));
    return new MethodSelection(
        any.identity().method(),
        any.family(),
        Words.id(regularizer ? spec.regularizers() : spec.score()),
        mapped(
            winners,
            each -> new Winner(each.id(), each.hyperparameters(), scores.get(each.seed()))),
        ScoreStatistics.of(scores, mapped(winners, ScoredTrial::scores)),
        withoutGain(winners, each -> each.trial().before(), ScoredTrial::scores),
        shared(eligibility.eligible(), criterion),
        eligibility.excluded().stream().sorted(BY_SEED_AND_SETTING).toList(),
        eligibility.notes());
  }

  /** The task's own score, in which all kinds of methods compare. */
  private double score(Scores before, Scores after) {
    return TrialScore.of(spec.score()).of(before, after);
  }

  private static ScoredTrial scored(
      TrialResult trial, TrialScore criterion, Scores before, @Nullable Scores after) {
    Scores mitigated = Objects.requireNonNull(after, "a valid trial has scores");
    return new ScoredTrial(trial, mitigated, criterion.of(before, mitigated));
  }

  private @Nullable SharedSetting shared(List<TrialResult> eligible, TrialScore criterion) {
    List<ScoredTrial> halves = new ArrayList<>();
    for (TrialResult trial : eligible) {
      SplitScores before = trial.beforeSplit();
      SplitScores after = trial.afterSplit();
      if (before != null
          && after != null
          && Change.isDefined(before.validation())
          && Change.isDefined(before.holdout())) {
        halves.add(scored(trial, criterion, before.validation(), after.validation()));
      }
    }
    Optional<OneSetting> chosen = OneSetting.choose(halves);
    return chosen.map(this::shared).orElse(null);
  }

  private SharedSetting shared(OneSetting chosen) {
    Map<Long, ScoredTrial> trials = chosen.trials();
    return new SharedSetting(
        chosen.hyperparameters(),
        mapped(trials, ScoredTrial::id),
        chosen.meanScore(),
        ScoreStatistics.of(
            mapped(trials, each -> score(before(each).holdout(), after(each).holdout())),
            mapped(trials, each -> after(each).holdout())),
        note(
            trials.keySet(),
            withoutGain(trials, each -> before(each).holdout(), each -> after(each).holdout())));
  }

  private String note(Set<Long> chosen, List<Long> withoutGain) {
    String incomplete =
        chosen.containsAll(seeds)
            ? ""
            : "no setting is eligible in all seeds: of those in most, chosen on seeds " + chosen;
    return Words.joined(incomplete, Gain.noneIn(withoutGain, chosen));
  }

  /** Returns the seeds whose model is no better than the original one; none of a control. */
  private List<Long> withoutGain(
      Map<Long, ScoredTrial> trials,
      Function<ScoredTrial, Scores> before,
      Function<ScoredTrial, Scores> after) {
    return trials.entrySet().stream()
        .filter(entry -> entry.getValue().trial().family() != Family.CONTROL)
        .filter(
            entry ->
                !Gain.isAny(
                    spec.score(), before.apply(entry.getValue()), after.apply(entry.getValue())))
        .map(Map.Entry::getKey)
        .toList();
  }

  private static SplitScores before(ScoredTrial trial) {
    return Objects.requireNonNull(trial.trial().beforeSplit());
  }

  private static SplitScores after(ScoredTrial trial) {
    return Objects.requireNonNull(trial.trial().afterSplit());
  }

  private static <T> Map<Long, T> mapped(
      Map<Long, ScoredTrial> trials, Function<ScoredTrial, T> part) {
    Map<Long, T> mapped = new TreeMap<>();
    trials.forEach((seed, trial) -> mapped.put(seed, part.apply(trial)));
    return mapped;
  }
}
