package io.nepenthe.study;

import io.nepenthe.metric.Better;
import io.nepenthe.metric.Scores;
import io.nepenthe.runstore.ChallengeResult;
import io.nepenthe.runstore.OriginalResult;
import io.nepenthe.runstore.TrialResult;
import io.nepenthe.statistics.RocArea;
import io.nepenthe.statistics.Statistic;
import io.nepenthe.study.MetricStudy.TaskStudy;
import io.nepenthe.summary.StoredRun;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The models of one task, trained with artifacts and without, and every measure of them. */
final class TaskPools {
  private final String task;
  private final SortedMap<Long, Scores> originals = new TreeMap<>();
  private final SortedMap<Long, Scores> retrained = new TreeMap<>();
  private final List<ChallengeResult> challenged;
  private final PoolMethods pools;

  TaskPools(String task, StoredRun run, List<ChallengeResult> challenged, PoolMethods pools) {
    this.task = task;
    this.pools = pools;
    this.challenged =
        challenged.stream()
            .filter(each -> each.task().equals(task))
            .filter(
                each -> !each.subject().equals(pools.unchanged())) // which is the original again
            .toList();
    for (OriginalResult original : run.originals()) {
      if (original.task().equals(task)) {
        originals.put(original.seed(), original.scores());
      }
    }
    for (TrialResult trial : run.trials()) {
      if (trial.identity().task().equals(task)
          && trial.identity().method().equals(pools.retrained())
          && trial.after() != null) {
        retrained.put(trial.identity().seed(), trial.after());
      }
    }
    originals.keySet().retainAll(retrained.keySet());
    retrained.keySet().retainAll(originals.keySet());
  }

  TaskStudy study() {
    return new TaskStudy(
        task,
        List.copyOf(originals.keySet()),
        Measure.all().stream()
            .map(this::study)
            .filter(study -> study.original() != null && study.retrained() != null)
            .toList());
  }

  private MeasureStudy study(Measure measure) {
    double[] with = values(measure, Pool.ORIGINAL);
    double[] without = values(measure, Pool.RETRAINED);
    RocArea separation =
        (measure.better() == Better.HIGHER ? RocArea.of(without, with) : RocArea.of(with, without))
            .orElse(null);
    return new MeasureStudy(
        measure,
        statistic(with),
        statistic(without),
        separation,
        new Stabilities(measure, challenged, pools).all());
  }

  private static @Nullable Statistic statistic(double... values) {
    return Statistic.of(Arrays.stream(values).boxed().toList());
  }

  /** Returns a measure of every model of a pool, as the judge or an attack read it. */
  private double[] values(Measure measure, Pool pool) {
    Map<Long, Double> bySeed = new TreeMap<>();
    (pool == Pool.ORIGINAL ? originals : retrained)
        .forEach(
            (seed, scores) -> {
              Double value = scores.metrics().byId().get(measure.id());
              if (value != null) {
                bySeed.put(seed, value);
              }
            });
    for (Attack attack : Attack.all()) {
      if (attack.measure().equals(measure)) {
        challenged.stream()
            .filter(result -> pools.of(result.subject()) == pool)
            .forEach(result -> put(attack, result, bySeed));
      }
    }
    return bySeed.values().stream().mapToDouble(Double::doubleValue).toArray();
  }

  private static void put(Attack attack, ChallengeResult result, Map<Long, Double> bySeed) {
    for (ChallengeResult.Reading reading : result.readings()) {
      Double value = reading.values().get(attack.value());
      if (value != null
          && reading.challenge().equals(attack.challenge())
          && reading.variant().equals(attack.variant())) {
        bySeed.put(result.seed(), value);
      }
    }
  }
}
