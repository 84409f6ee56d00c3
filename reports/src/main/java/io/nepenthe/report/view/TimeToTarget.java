package io.nepenthe.report.view;

import io.nepenthe.runstore.TrialResult;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jfree.data.xy.XYSeries;

/**
 * How soon each method reaches a target: at most 5 % of the artifacts memorized, and a utility at
 * most 5 % worse than the original model's (accuracy lower, or perplexity higher, by that much). Of
 * each task and seed it is the fastest setting that counts, by the sweep's clock, of those that the
 * rules of selection do not exclude; a pair whose original model memorized no more than the
 * target's share counts for no method.
 */
public final class TimeToTarget {
  /** Seconds of the fastest setting by method, then task and seed. */
  private final Map<String, Map<Start, Double>> reached = new HashMap<>();

  private final Map<String, Set<Start>> tried = new HashMap<>();

  private record Start(String task, long seed) {}

  /** Trials that no rule would choose, such as those over the time limit. */
  private final Set<String> excluded = new HashSet<>();

  public TimeToTarget(ReportModel report) {
    report.run().selection().stream()
        .flatMap(selection -> selection.methods().stream())
        .flatMap(method -> method.excluded().stream())
        .forEach(exclusion -> excluded.add(exclusion.trial()));
    for (TrialResult trial : report.run().trials()) {
      Measure utility = report.utility(trial.identity().task());
      Effect.of(trial, utility)
          .filter(Effect::startsAboveTarget)
          .ifPresent(effect -> add(trial, effect, utility));
    }
  }

  private void add(TrialResult trial, Effect effect, Measure utility) {
    Start start = new Start(trial.identity().task(), trial.identity().seed());
    String method = trial.identity().method();
    tried.computeIfAbsent(method, none -> new HashSet<>()).add(start);
    if (effect.reachesTarget(utility) && !excluded.contains(trial.id())) {
      double seconds = Objects.requireNonNull(trial.time(), "a valid trial has a time").seconds();
      reached
          .computeIfAbsent(method, none -> new HashMap<>())
          .merge(start, Math.max(seconds, 0), Math::min);
    }
  }

  /** Returns true if a method was run from an original model that memorized more. */
  public boolean wasTried(MethodView method) {
    return tried.containsKey(method.id());
  }

  /** Returns how many pairs of task and seed a method was tried on. */
  public int starts(MethodView method) {
    return tried.getOrDefault(method.id(), Set.of()).size();
  }

  /** Returns the seconds after which each pair of task and seed was there, rising. */
  public List<Double> seconds(MethodView method) {
    return reached.getOrDefault(method.id(), Map.of()).values().stream().sorted().toList();
  }

  /**
   * Returns the profile: the share of pairs, in per cent, that are there within a time.
   *
   * @param from the first time drawn, at which the share is 0
   * @param to the last time drawn
   */
  public XYSeries profile(MethodView method, double from, double to) {
    XYSeries series = new XYSeries(method.id(), false, true);
    series.add(from, 0);
    List<Double> times = new ArrayList<>(seconds(method));
    for (int i = 0; i < times.size(); i++) {
      series.add(Math.max(times.get(i), from), 100.0 * (i + 1) / starts(method));
    }
    series.add(to, 100.0 * times.size() / starts(method));
    return series;
  }
}
