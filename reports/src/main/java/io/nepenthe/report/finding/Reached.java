package io.nepenthe.report.finding;

import io.nepenthe.metric.Metrics;
import io.nepenthe.report.lasting.TaskChallenges;
import io.nepenthe.report.view.Numbers;
import io.nepenthe.retention.ChallengedTask;
import io.nepenthe.retention.Variant;
import io.nepenthe.selection.BySeed;
import io.nepenthe.statistics.Interval;
import io.nepenthe.statistics.Statistic;
import io.nepenthe.wording.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Do edits reach memorized text that they were not shown? Decided by the interval of what is
 * memorized of the rows kept back, less what is of those shown, mean over methods in each seed.
 */
final class Reached implements Candidate {
  private static final Variant SHOWN = new Variant("reach", "shown");
  private static final Variant KEPT_BACK = new Variant("reach", "kept-back");

  /** Points of % memorized that both parts may differ by to count as treated alike. */
  private static final double ALIKE = 5;

  @Override
  public Optional<Clause> clause(TaskChallenges task) {
    List<BySeed> shown = new ArrayList<>();
    List<BySeed> kept = new ArrayList<>();
    for (String method : task.compared()) {
      Optional<BySeed> ofShown = memorized(task.measured(), method, SHOWN);
      Optional<BySeed> ofKept = memorized(task.measured(), method, KEPT_BACK);
      if (ofShown.isPresent() && ofKept.isPresent()) {
        shown.add(ofShown.get());
        kept.add(ofKept.get());
      }
    }
    return Optional.ofNullable(Statistic.of(differences(shown, kept)))
        .map(
            difference ->
                new Clause(task.task(), verdict(difference), words(task, difference, shown, kept)));
  }

  private static Optional<BySeed> memorized(ChallengedTask task, String method, Variant variant) {
    return task.values(method, variant, Metrics.MEMORIZED.id());
  }

  /** Returns the mean over methods in each seed that all of them have. */
  private static List<Double> differences(List<BySeed> shown, List<BySeed> kept) {
    Map<Long, List<Double>> bySeed = new TreeMap<>();
    for (int i = 0; i < shown.size(); i++) {
      Map<Long, Double> others = shown.get(i).values();
      kept.get(i)
          .values()
          .forEach(
              (seed, value) -> {
                Double other = others.get(seed);
                if (other != null) {
                  bySeed.computeIfAbsent(seed, none -> new ArrayList<>()).add(value - other);
                }
              });
    }
    return bySeed.values().stream()
        .filter(values -> values.size() == shown.size())
        .map(values -> values.stream().mapToDouble(Double::doubleValue).average().orElseThrow())
        .toList();
  }

  static Verdict verdict(Statistic difference) {
    Interval interval = difference.interval();
    if (interval == null) {
      return Verdict.UNDECIDED;
    }
    if (interval.low() > -ALIKE && interval.high() < ALIKE) {
      return Verdict.YES;
    }
    return interval.low() > 0 ? Verdict.NO : Verdict.UNDECIDED;
  }

  private static String words(
      TaskChallenges task, Statistic difference, List<BySeed> shown, List<BySeed> kept) {
    return "On %s, %s that %s shown only a part of the forget set leave%s %s %% of the rest memorized and %s %% of that part, on average; the difference is %s."
        .formatted(
            task.task(),
            Words.count(shown.size(), "method"),
            shown.size() == 1 ? "was" : "were",
            shown.size() == 1 ? "s" : "",
            mean(kept),
            mean(shown),
            Quoted.of(difference, 1, " points"));
  }

  private static String mean(List<BySeed> parts) {
    return Numbers.decimal(
        Objects.requireNonNull(
                Statistic.of(parts.stream().map(part -> part.statistic().mean()).toList()))
            .mean(),
        1);
  }

  @Override
  public String lead(Verdict verdict) {
    return switch (verdict) {
      case YES -> "Edits reach memorized text that they were not shown";
      case NO -> "Edits reach less of the memorized text that they were not shown";
      case UNDECIDED -> "Whether edits reach text that they were not shown is not decided";
    };
  }
}
