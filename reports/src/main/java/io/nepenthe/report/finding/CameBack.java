package io.nepenthe.report.finding;

import io.nepenthe.report.lasting.TaskChallenges;
import io.nepenthe.report.view.MethodView;
import io.nepenthe.report.view.Numbers;
import io.nepenthe.retention.MeanRetention;
import io.nepenthe.retention.Regained;
import io.nepenthe.retention.Variant;
import io.nepenthe.statistics.Interval;
import io.nepenthe.statistics.Statistic;
import io.nepenthe.wording.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Does a challenge bring back what was forgotten? Decided by the interval of the retention that
 * methods keep on average: one number for each task, of a variant that is named beforehand. What
 * the retrained model loses, too, is learnt and not remembered: it brings nothing back.
 */
record CameBack(String challenge, String variant, String name) implements Candidate {
  /** Where at least so much is kept by the interval, little came back. */
  static final double MOST = 0.9;

  @Override
  public Optional<Clause> clause(TaskChallenges task) {
    Variant named = new Variant(challenge, variant);
    return task.mean(named)
        .map(
            mean ->
                new Clause(
                    task.task(),
                    verdict(mean.retention().statistic(), retrained(task, named)),
                    words(task, named, mean)));
  }

  static Verdict verdict(Statistic retention, double retrained) {
    Interval interval = retention.interval();
    if (interval == null) {
      return Verdict.UNDECIDED;
    }
    if (interval.low() >= MOST) {
      return Verdict.NO;
    }
    return interval.high() < Math.min(1, retrained) ? Verdict.YES : Verdict.UNDECIDED;
  }

  private String words(TaskChallenges task, Variant named, MeanRetention mean) {
    int methods = mean.methods().size();
    int seeds = mean.retention().values().size();
    long told =
        task.regained().stream()
            .filter(test -> test.variant().equals(named) && test.isTold())
            .map(Regained::method)
            .distinct()
            .count();
    return "On %s, the %s that had forgotten %s %s of it on average over %s%s; %d of them %s at least half in every seed, and tests (paired, Holm-corrected) tell a return for %d."
        .formatted(
            task.task(),
            Words.count(methods, "method"),
            methods == 1 ? "keeps" : "keep",
            Quoted.of(mean.retention().statistic(), 2),
            Words.count(seeds, "seed"),
            controls(task, named),
            mean.halfLost().size(),
            mean.halfLost().size() == 1 ? "loses" : "lose",
            told);
  }

  /** Returns what the retrained model keeps on average; 1 where there is none. */
  private static double retrained(TaskChallenges task, Variant named) {
    return task.models().stream()
        .filter(MethodView::retrains)
        .flatMap(method -> kept(task, method, named).stream())
        .findFirst()
        .orElse(1.0);
  }

  private static Optional<Double> kept(TaskChallenges task, MethodView method, Variant named) {
    return task.retention(method, named)
        .filter(each -> each.undefined().isEmpty())
        .flatMap(each -> Optional.ofNullable(each.retention()))
        .map(retention -> retention.statistic().mean());
  }

  /** Returns what controls that forgot keep, such as the retrained model: no edit was undone. */
  private static String controls(TaskChallenges task, Variant named) {
    List<String> kept = new ArrayList<>();
    for (MethodView method : task.models()) {
      if (method.isControl() && !task.isDestroyed(method)) {
        kept(task, method, named)
            .ifPresent(mean -> kept.add(method.label() + ": " + Numbers.decimal(mean, 2)));
      }
    }
    return kept.isEmpty() ? "" : " (" + String.join(", ", kept) + ")";
  }

  @Override
  public String lead(Verdict verdict) {
    return switch (verdict) {
      case YES -> name + " brings back part of what was forgotten";
      case NO -> name + " brings back little of what was forgotten";
      case UNDECIDED -> name + ": whether it brings back what was forgotten is not decided";
    };
  }
}
