package io.nepenthe.selection;

import io.nepenthe.runstore.MachineClass;
import io.nepenthe.runstore.TrialResult;
import io.nepenthe.wording.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * Only trials that took no longer than the method that sets the limit, on the same machine; if a
 * method has none, all of them (UNLEARNING_DRIVER 6). Where that method was not timed on a trial's
 * machine, the trial stays eligible.
 */
final class TimeInclusion implements Inclusion {
  private final TimeLimits limits;

  TimeInclusion(TimeLimits limits) {
    this.limits = limits;
  }

  @Override
  public Eligibility decide(List<TrialResult> trials) {
    if (limits.isEmpty()) {
      String note = "no time limit is known: all trials are eligible";
      return new Eligibility(trials, List.of(), trials.isEmpty() ? List.of() : List.of(note));
    }
    List<TrialResult> within = new ArrayList<>();
    List<TrialResult> unlimited = new ArrayList<>();
    List<Exclusion> slower = new ArrayList<>();
    for (TrialResult trial : trials) {
      OptionalDouble limit = limits.on(MachineClass.of(trial.provenance()));
      if (limit.isEmpty()) {
        unlimited.add(trial);
      } else if (seconds(trial) <= limit.getAsDouble()) {
        within.add(trial);
      } else {
        slower.add(excluded(trial, limit.getAsDouble()));
      }
    }
    List<String> notes = new ArrayList<>(notes(unlimited));
    if (within.isEmpty() && !slower.isEmpty()) {
      notes.add("no trial within the limit: all are eligible");
      return new Eligibility(trials, List.of(), notes);
    }
    within.addAll(unlimited);
    return new Eligibility(within, slower, notes);
  }

  private static double seconds(TrialResult trial) {
    return Objects.requireNonNull(trial.time(), "a valid trial has a time").seconds();
  }

  private static Exclusion excluded(TrialResult trial, double limit) {
    return Exclusion.of(
        trial,
        Exclusion.Kind.SLOWER_THAN_LIMIT,
        "took " + Words.number(seconds(trial)) + " s, the limit is " + Words.number(limit) + " s");
  }

  private static List<String> notes(List<TrialResult> unlimited) {
    Map<String, Integer> machines = new TreeMap<>();
    unlimited.forEach(
        trial -> machines.merge(MachineClass.of(trial.provenance()).words(), 1, Integer::sum));
    return machines.entrySet().stream()
        .map(
            entry ->
                "no time limit is known on "
                    + entry.getKey()
                    + ": whatever their time, its trials ("
                    + entry.getValue()
                    + ") are eligible")
        .toList();
  }
}
