package io.nepenthe.submission;

import io.nepenthe.data.Window;
import io.nepenthe.metric.Metric;
import io.nepenthe.metric.Metrics;
import io.nepenthe.metric.RepeatClass;
import io.nepenthe.metric.RowCounts;
import io.nepenthe.metric.Scores;
import io.nepenthe.metric.SplitScores;
import io.nepenthe.plugin.Family;
import io.nepenthe.runstore.OriginalResult;
import io.nepenthe.runstore.StrictResults;
import io.nepenthe.runstore.TrialResult;
import io.nepenthe.suite.TaskSpec;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Whether scores agree with each other. The same rows are scored as a whole and in two halves, and
 * every model of a task and seed on the same rows: a score that was edited alone shows. What was
 * edited in all places, as a model of that kind would have them, is found by running it again.
 */
final class ScoreCheck {
  /** Means over eligible artifact rows. */
  private static final Set<String> OVER_ROWS =
      Set.of(
          "memorizedPercent",
          "extractionStrength",
          "exactMemorization",
          "probability",
          "levenshteinSimilarity",
          "looselyMemorizedPercent",
          "extractablePercent");

  private static final double ROUNDING = 1e-6;

  private final Evidence evidence;
  private final Findings findings;

  /** One model, scored. */
  private record Scored(String id, Scores all, @Nullable SplitScores halves) {}

  private ScoreCheck(Evidence evidence, Findings findings) {
    this.evidence = evidence;
    this.findings = findings;
  }

  static void check(Evidence evidence, Findings findings) {
    ScoreCheck check = new ScoreCheck(evidence, findings);
    Map<String, List<Scored>> models = new HashMap<>();
    for (OriginalResult original : evidence.originals()) {
      StrictResults.mistake(original).ifPresent(words -> check.fail(original.id(), words));
      models
          .computeIfAbsent(original.id(), id -> new ArrayList<>())
          .add(new Scored("original " + original.id(), original.scores(), original.split()));
    }
    for (TrialResult trial : evidence.trials()) {
      StrictResults.mistake(trial).ifPresent(words -> check.fail(trial.id(), words));
      check.hasWhatItsOutcomeSays(trial);
      if (trial.after() != null) {
        String of = OriginalResult.id(trial.identity().task(), trial.identity().seed());
        models
            .computeIfAbsent(of, id -> new ArrayList<>())
            .add(new Scored(trial.id(), trial.after(), trial.afterSplit()));
        check.equalWeights(trial);
      }
    }
    models.values().forEach(check::rows);
    models.values().forEach(check::halves);
    evidence.run().suite().tasks().forEach(check::window);
    findings.pass(
        Rule.SCORES,
        "counts, halves and equal models agree; edits in all places at once show when run again");
  }

  private void fail(String id, String words) {
    findings.fail(Rule.SCORES, id + ": " + words);
  }

  private void hasWhatItsOutcomeSays(TrialResult trial) {
    boolean isWhole =
        trial.after() != null && trial.time() != null && trial.mitigatedHash() != null;
    boolean isEmpty =
        trial.after() == null && trial.time() == null && trial.mitigatedHash() == null;
    if (trial.isValid() ? !isWhole : !isEmpty) {
      fail(trial.id(), "its scores, time and hash are not those of a trial that ended so");
    }
  }

  private final Map<String, TrialResult> byWeights = new HashMap<>();

  /** Equal weights have equal scores; a regularizer's model may be more than its weights. */
  private void equalWeights(TrialResult trial) {
    if (trial.family() == Family.REGULARIZER) {
      return;
    }
    String key =
        trial.identity().task() + " " + trial.identity().seed() + " " + trial.mitigatedHash();
    TrialResult other = byWeights.putIfAbsent(key, trial);
    if (other != null
        && !(Objects.equals(trial.after(), other.after())
            && Objects.equals(trial.afterSplit(), other.afterSplit())
            && Objects.equals(trial.changedEntries(), other.changedEntries()))) {
      fail(trial.id(), "it left the weights that " + other.id() + " left, and has other scores");
    }
    if (trial.isUnchanged()
        && !(trial.before().equals(trial.after())
            && Objects.equals(trial.beforeSplit(), trial.afterSplit()))) {
      fail(trial.id(), "it changed no weight, and has other scores than the original model");
    }
  }

  /** All models of a task and seed are scored on the same rows. */
  private void rows(List<Scored> models) {
    Scored first = models.get(0);
    for (Scored model : models) {
      boolean sameRows =
          model.all().memorization().eligible() == first.all().memorization().eligible()
              && sizes(model.all().memorization()).equals(sizes(first.all().memorization()))
              && model
                  .all()
                  .accuracyPercentByTest()
                  .keySet()
                  .equals(first.all().accuracyPercentByTest().keySet())
              && (model.halves() == null) == (first.halves() == null);
      if (!sameRows) {
        fail(model.id(), "it is scored on other rows than " + first.id());
      }
    }
  }

  private static List<List<Integer>> sizes(RowCounts counts) {
    List<RepeatClass> classes = counts.classes() == null ? List.of() : counts.classes();
    return classes.stream()
        .map(each -> List.of(each.copies(), each.rows(), each.eligible()))
        .toList();
  }

  private void halves(List<Scored> models) {
    List<Scored> split = models.stream().filter(model -> model.halves() != null).toList();
    for (Scored model : split) {
      counts(model);
    }
    boolean isClean = evidence.run().suite().quirks().isEmpty();
    if (split.isEmpty()) {
      return;
    }
    sameWeight(split, "perplexity", scores -> log(scores.perplexity()));
    if (isClean) {
      for (String test : split.get(0).all().accuracyPercentByTest().keySet()) {
        sameWeight(
            split, "accuracy of " + test, scores -> scores.accuracyPercentByTest().get(test));
      }
    }
    models.forEach(this::accuracyIsTheMean);
  }

  private static @Nullable Double log(double value) {
    return value > 0 && Double.isFinite(value) ? Math.log(value) : null;
  }

  private void accuracyIsTheMean(Scored model) {
    Double accuracy = model.all().accuracyPercent();
    double mean =
        model.all().accuracyPercentByTest().values().stream()
            .mapToDouble(Double::doubleValue)
            .average()
            .orElse(Double.NaN);
    if (accuracy != null && Math.abs(accuracy - mean) > ROUNDING * 100) {
      fail(model.id(), "accuracy is " + accuracy + ", the mean of its test sets is " + mean);
    }
  }

  private void counts(Scored model) {
    SplitScores halves = Objects.requireNonNull(model.halves());
    RowCounts all = model.all().memorization();
    RowCounts one = halves.validation().memorization();
    RowCounts other = halves.holdout().memorization();
    if (all.memorized() != one.memorized() + other.memorized()
        || all.eligible() != one.eligible() + other.eligible()) {
      fail(
          model.id(),
          "%d of %d rows are memorized, of its halves %d of %d and %d of %d"
              .formatted(
                  all.memorized(),
                  all.eligible(),
                  one.memorized(),
                  one.eligible(),
                  other.memorized(),
                  other.eligible()));
    }
    if (all.classes() != null || all.eligible() == 0) {
      return; // rows weigh by how often they were repeated
    }
    double weight = (double) one.eligible() / all.eligible();
    for (Metric metric : Metrics.all()) {
      if (OVER_ROWS.contains(metric.label().id())) {
        Function<Scores, @Nullable Double> value = scores -> scores.of(metric);
        if (!isMean(value, model, weight)) {
          fail(model.id(), metric.label().id() + " is not the mean of its halves");
        }
      }
    }
  }

  /** Which share of the whole one half is: the rows say so, whatever model is scored on them. */
  private void sameWeight(
      List<Scored> models, String what, Function<Scores, @Nullable Double> value) {
    Scored clearest =
        models.stream()
            .filter(model -> spread(value, model) > 0)
            .max(Comparator.comparingDouble(model -> spread(value, model)))
            .orElse(null);
    if (clearest == null) {
      return;
    }
    SplitScores halves = Objects.requireNonNull(clearest.halves());
    double one = Objects.requireNonNull(value.apply(halves.validation()));
    double other = Objects.requireNonNull(value.apply(halves.holdout()));
    Double all = value.apply(clearest.all());
    double weight = all == null ? Double.NaN : (all - other) / (one - other);
    if (!(weight > 0 && weight < 1)) {
      fail(clearest.id(), what + " is not between those of its halves");
      return;
    }
    List<Scored> others = models.stream().filter(model -> !isMean(value, model, weight)).toList();
    if (others.size() > models.size() / 2) {
      fail(clearest.id(), what + " is another mean of its halves than for other models");
    } else {
      others.forEach(
          model -> fail(model.id(), what + " is another mean of its halves than for other models"));
    }
  }

  private static double spread(Function<Scores, @Nullable Double> value, Scored model) {
    SplitScores halves = Objects.requireNonNull(model.halves());
    Double one = value.apply(halves.validation());
    Double other = value.apply(halves.holdout());
    return (one == null || other == null) ? 0 : Math.abs(one - other);
  }

  private static boolean isMean(
      Function<Scores, @Nullable Double> value, Scored model, double weight) {
    SplitScores halves = Objects.requireNonNull(model.halves());
    Double all = value.apply(model.all());
    Double one = value.apply(halves.validation());
    Double other = value.apply(halves.holdout());
    if (all == null || one == null || other == null) {
      return true;
    }
    double mean = weight * one + (1 - weight) * other;
    return Math.abs(all - mean) <= ROUNDING * Math.max(1, Math.abs(mean))
        || !(Math.abs(mean) < 1e30);
  }

  /** A row that is reproduced has every token right, and any other at least one wrong. */
  private void window(TaskSpec task) {
    if (!evidence.run().suite().quirks().isEmpty()) {
      return;
    }
    Window window = task.window();
    for (TrialResult trial : evidence.trials()) {
      Scores after = trial.after();
      if (after == null
          || !trial.identity().task().equals(task.id())
          || after.memorization().classes() != null
          || after.memorization().eligible() == 0) {
        continue;
      }
      double share = (double) after.memorization().memorized() / after.memorization().eligible();
      for (Metric metric : Metrics.all()) {
        Double value = after.of(metric);
        if (value != null
            && metric.label().id().equals("exactMemorization")
            && (value < share - ROUNDING
                || value > 1 - (1 - share) / window.compare() + ROUNDING)) {
          fail(
              trial.id(),
              "%s of the rows are memorized, and exactMemorization is %s".formatted(share, value));
        }
      }
    }
  }
}
