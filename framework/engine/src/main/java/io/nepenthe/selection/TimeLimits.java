package io.nepenthe.selection;

import io.nepenthe.runstore.MachineClass;
import io.nepenthe.runstore.TrialResult;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/**
 * The time of the method that sets the limit on one task, per machine: the mean over its valid
 * trials there (EVALUATION 6). Times of two machines are never compared.
 */
final class TimeLimits {
  private final Map<MachineClass, Double> seconds;

  private TimeLimits(Map<MachineClass, Double> seconds) {
    this.seconds = seconds;
  }

  /** Returns the limits that the trials of that method set. */
  static TimeLimits of(Collection<TrialResult> limiting) {
    return new TimeLimits(
        limiting.stream()
            .filter(TrialResult::isValid)
            .collect(
                Collectors.groupingBy(
                    trial -> MachineClass.of(trial.provenance()),
                    LinkedHashMap::new,
                    Collectors.averagingDouble(
                        trial -> Objects.requireNonNull(trial.time()).seconds()))));
  }

  /** Returns the limit on a machine, empty where it was not timed. */
  OptionalDouble on(MachineClass machine) {
    Double limit = seconds.get(machine);
    return limit == null ? OptionalDouble.empty() : OptionalDouble.of(limit);
  }

  boolean isEmpty() {
    return seconds.isEmpty();
  }

  /** Returns all limits, by the machine's words. */
  List<TimeLimit> all() {
    return seconds.entrySet().stream()
        .map(entry -> new TimeLimit(entry.getKey(), entry.getValue()))
        .sorted(Comparator.comparing(limit -> limit.machine().words()))
        .toList();
  }
}
