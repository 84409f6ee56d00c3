package io.nepenthe.report.view;

import io.nepenthe.metric.Metric;
import io.nepenthe.metric.Metrics;
import io.nepenthe.selection.BySeed;
import io.nepenthe.selection.MethodSelection;
import io.nepenthe.selection.TaskSelection;
import io.nepenthe.statistics.CriticalDifference;
import io.nepenthe.statistics.PairedScores;
import io.nepenthe.statistics.ThreeSeeds;
import io.nepenthe.statistics.ToldApart;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the seeds of a task say beyond its ranking, where there are enough of them.
 *
 * @param task its id
 * @param scores of the methods that are compared, best mean first
 * @param diagram mean ranks and signed-rank tests
 * @param byMeans the paired t-tests of the ranking, of all pairs
 * @param threeSeeds what three of the seeds would have said
 * @param spreads of differences between methods, of each measure that is told in points
 */
public record ManySeeds(
    String task,
    PairedScores scores,
    CriticalDifference diagram,
    ToldApart byMeans,
    ThreeSeeds threeSeeds,
    List<PairSpread> spreads) {
  /** Of fewer seeds nothing more is said than the ranking does. */
  public static final int FEWEST = 5;

  /** Copies the list. */
  public ManySeeds {
    spreads = List.copyOf(spreads);
  }

  /** Returns what is to be said of each task that has seeds and methods enough. */
  static List<ManySeeds> of(ReportModel report) {
    return report.tasks().stream()
        .flatMap(task -> report.selection(task).stream())
        .flatMap(selection -> of(selection).stream())
        .toList();
  }

  static Optional<ManySeeds> of(TaskSelection selection) {
    Map<String, Map<Long, Double>> scores = new LinkedHashMap<>();
    for (MethodSelection method : selection.methods()) {
      BySeed score = method.winnerScores().score();
      if (score != null) {
        scores.put(method.method(), score.values());
      }
    }
    PairedScores paired = PairedScores.of(selection.ranking(), scores);
    if (paired.seeds().size() < FEWEST || paired.methods().size() < 2) {
      return Optional.empty();
    }
    return Optional.of(
        new ManySeeds(
            selection.task(),
            paired,
            CriticalDifference.of(List.of(paired)),
            ToldApart.byMeans(paired),
            ThreeSeeds.of(paired),
            spreads(selection, paired)));
  }

  private static List<PairSpread> spreads(TaskSelection selection, PairedScores scores) {
    List<PairSpread> spreads = new ArrayList<>();
    for (Metric metric : List.of(Metrics.MEMORIZED, Metrics.ACCURACY)) {
      values(selection, scores, metric)
          .map(values -> PairSpread.of(metric.heading(), values, 1))
          .ifPresent(spreads::add);
    }
    spreads.add(PairSpread.of("Score × 100", scores, 100));
    return spreads;
  }

  /** Returns a metric of the winners; nothing unless every one of them has it. */
  private static Optional<PairedScores> values(
      TaskSelection selection, PairedScores scores, Metric metric) {
    Map<String, List<Double>> values = new LinkedHashMap<>();
    for (String method : scores.methods()) {
      Optional<List<Double>> ofMethod =
          selection
              .of(method)
              .flatMap(each -> Optional.ofNullable(each.winnerScores().of(metric)))
              .map(bySeed -> scores.seeds().stream().map(bySeed.values()::get).toList());
      if (ofMethod.isEmpty()
          || !ofMethod.get().stream().allMatch(v -> v != null && Double.isFinite(v))) {
        return Optional.empty();
      }
      values.put(method, ofMethod.get());
    }
    return Optional.of(new PairedScores(scores.seeds(), values));
  }

  /** Returns the diagram of all these tasks; nothing if it is one, or methods are too few. */
  public static Optional<CriticalDifference> diagramOfAll(List<ManySeeds> tasks) {
    long common =
        tasks.stream()
            .limit(1)
            .flatMap(first -> first.scores().methods().stream())
            .filter(
                method -> tasks.stream().allMatch(each -> each.scores().methods().contains(method)))
            .count();
    return tasks.size() < 2 || common < 2
        ? Optional.empty()
        : Optional.of(CriticalDifference.of(tasks.stream().map(ManySeeds::scores).toList()));
  }
}
