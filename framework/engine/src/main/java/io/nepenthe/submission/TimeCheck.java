package io.nepenthe.submission;

import io.nepenthe.exchange.TrialTime;
import io.nepenthe.runstore.TimingResult;
import io.nepenthe.runstore.TrialResult;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Whether the times of one work agree. The sweep's time of a winner may be far above JMH's, because
 * what runs first is slow; it cannot be far below. Work of the model takes about as long per token,
 * whatever method does it.
 */
final class TimeCheck {
  /** Far: times of one work on one machine are within a third of this, warm-up left out. */
  private static final double FAR = 5;

  /** A factor of ten, as far as times repeat; what runs first may be that slow for a moment. */
  private static final double TEN = 9;

  private static final double MOST_WARM_UP_SECONDS = 0.5;
  private static final double SECONDS_OF_NOISE = 0.002;

  /** Phases of a shot are clocked within JMH's time of it. */
  private static final double PHASES = 0.25;

  private static final double PHASE_SECONDS_OF_NOISE = 0.02;
  private static final double ROUNDING = 1e-6;

  private final Evidence evidence;
  private final Findings findings;
  private final Map<String, TrialResult> trials = new HashMap<>();

  private TimeCheck(Evidence evidence, Findings findings) {
    this.evidence = evidence;
    this.findings = findings;
    evidence.trials().forEach(trial -> trials.put(trial.id(), trial));
  }

  static void check(Evidence evidence, Findings findings) {
    TimeCheck check = new TimeCheck(evidence, findings);
    evidence.trials().forEach(check::phases);
    evidence.timings().forEach(check::timing);
    check.sweepByWork();
    check.timingsByWork();
    findings.pass(
        Rule.TIMES,
        evidence.timings().isEmpty()
            ? "the sweep's times agree with the work; there are none of JMH"
            : "the sweep's times agree with JMH's and with the work");
  }

  private void phases(TrialResult trial) {
    TrialTime time = trial.time();
    if (time == null || time.localizeSeconds() == null || time.editSeconds() == null) {
      return;
    }
    double sum = time.localizeSeconds() + time.editSeconds();
    if (Math.abs(sum - time.seconds()) > ROUNDING * Math.max(1, sum)) {
      findings.fail(
          Rule.TIMES,
          "%s took %s s, its phases took %s s".formatted(trial.id(), time.seconds(), sum));
    }
  }

  private void timing(TimingResult timing) {
    for (TimingResult.Shot shot : timing.shots()) {
      if (!(shot.seconds() > 0) || !Double.isFinite(shot.seconds())) {
        findings.fail(Rule.TIMES, shot.trialId() + ": a shot took " + shot.seconds() + " s");
      }
      if (shot.localizeSeconds() != null && shot.editSeconds() != null) {
        double sum = shot.localizeSeconds() + shot.editSeconds();
        if (Math.abs(sum - shot.seconds()) > PHASES * shot.seconds() + PHASE_SECONDS_OF_NOISE) {
          findings.fail(
              Rule.TIMES,
              "%s: a shot took %s s, its phases took %s s"
                  .formatted(shot.trialId(), shot.seconds(), sum));
        }
      }
    }
    for (TimingResult.SeedTime seed : timing.seeds()) {
      timing.shots().stream()
          .filter(shot -> shot.seed() == seed.seed())
          .findFirst()
          .map(shot -> trials.get(shot.trialId()))
          .filter(trial -> trial.time() != null)
          .filter(trial -> trial.provenance().machine().equals(timing.provenance().machine()))
          .ifPresent(trial -> compare(trial, trial.time().seconds(), seed.seconds()));
    }
  }

  private void compare(TrialResult trial, double sweep, double jmh) {
    boolean sweepIsFarBelow = jmh > sweep * FAR && jmh - sweep > SECONDS_OF_NOISE;
    boolean jmhIsFarBelow = sweep > jmh * TEN && sweep - jmh > MOST_WARM_UP_SECONDS;
    if (sweepIsFarBelow || jmhIsFarBelow) {
      findings.question(
          Rule.TIMES,
          "%s took %s s in the sweep and %s s by JMH".formatted(trial.id(), sweep, jmh));
    }
  }

  /** Compares each trial's time per work with that of the same method's others. */
  private void sweepByWork() {
    Map<String, List<TrialResult>> groups = new HashMap<>();
    for (TrialResult trial : evidence.trials()) {
      if (perWork(trial) > 0) {
        groups
            .computeIfAbsent(
                trial.identity().task()
                    + " "
                    + trial.identity().method()
                    + " "
                    + trial.provenance().machine(),
                key -> new ArrayList<>())
            .add(trial);
      }
    }
    groups.values().forEach(this::sweepByWork);
  }

  /**
   * Compares trials of a method with those of as much work, or up to four times as much: what a
   * method takes whatever its work is most of the time of those with little.
   */
  private void sweepByWork(List<TrialResult> group) {
    Map<Integer, List<TrialResult>> byWork =
        group.stream()
            .collect(Collectors.groupingBy(trial -> Math.getExponent(trial.time().cost())));
    double usualOfAll = usualPerWork(group);
    byWork.forEach(
        (exponent, trials) -> {
          List<TrialResult> similar = new ArrayList<>(trials);
          similar.addAll(byWork.getOrDefault(exponent + 1, List.of()));
          double usual = similar.size() > 1 ? usualPerWork(similar) : usualOfAll;
          trials.forEach(trial -> sweepByWork(trial, usual));
        });
  }

  private void sweepByWork(TrialResult trial, double usualPerWork) {
    double seconds = trial.time().seconds();
    double expected = usualPerWork * trial.time().cost();
    if (expected > seconds * FAR && expected - seconds > SECONDS_OF_NOISE) {
      findings.question(
          Rule.TIMES,
          "%s took %s s; by its work and the method's other trials it takes %s s"
              .formatted(trial.id(), seconds, expected));
    }
  }

  private static double usualPerWork(List<TrialResult> trials) {
    return median(trials.stream().mapToDouble(TimeCheck::perWork).toArray());
  }

  private static double perWork(TrialResult trial) {
    TrialTime time = trial.time();
    return time == null || time.cost() == null || !(time.cost() > 0)
        ? Double.NaN
        : Math.max(time.seconds(), 1e-9) / time.cost();
  }

  /** No method computes much faster per token than all others do. */
  private void timingsByWork() {
    Map<String, Double> perWork = new HashMap<>();
    Map<String, List<Double>> byTask = new HashMap<>();
    for (TimingResult timing : evidence.timings()) {
      for (TimingResult.SeedTime seed : timing.seeds()) {
        TrialResult trial =
            timing.shots().stream()
                .filter(shot -> shot.seed() == seed.seed())
                .map(shot -> trials.get(shot.trialId()))
                .filter(each -> each != null && perWork(each) > 0)
                .findFirst()
                .orElse(null);
        if (trial != null) {
          double value = seed.seconds() / trial.time().cost();
          perWork.put(trial.id(), value);
          byTask.computeIfAbsent(timing.task(), key -> new ArrayList<>()).add(value);
        }
      }
    }
    perWork.forEach(
        (id, value) -> {
          TrialResult trial = trials.get(id);
          double usual =
              median(
                  byTask.get(trial.identity().task()).stream()
                      .mapToDouble(Double::doubleValue)
                      .toArray());
          double gap = (usual - value) * trial.time().cost();
          if (usual > value * FAR && gap > SECONDS_OF_NOISE) {
            findings.question(
                Rule.TIMES,
                "%s takes %.2g s per unit of work by JMH; on this task %.2g s are usual"
                    .formatted(id, value, usual));
          }
        });
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
