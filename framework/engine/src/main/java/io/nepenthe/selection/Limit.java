package io.nepenthe.selection;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.nepenthe.exchange.TrialTime;
import io.nepenthe.protocol.Fidelity;
import io.nepenthe.runstore.MachineClass;
import io.nepenthe.runstore.TrialResult;
import io.nepenthe.wording.Words;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The most that an unlearning trial may take on one task: what the method that sets the limit took,
 * the mean over its valid trials (EVALUATION 6). Counted work decides, because a single shot of a
 * clock differs from the next by more than methods do. Seconds decide in reference fidelity, as in
 * the paper, and where work was not counted; those of two machines are never compared.
 *
 * @param cost work of the model, in forward passes of one token; null where seconds decide
 * @param tolerance factor on the limit in seconds, where seconds decide
 * @param seconds by machine, in the order of their words
 */
public record Limit(@Nullable Double cost, double tolerance, List<TimeLimit> seconds) {
  /** What one shot may differ from another of the same work on a shared machine. */
  private static final double OF_ONE_SHOT = 1.25;

  /** Seconds so far above the limit are no noise: the method computes outside the model. */
  private static final double FAR = 5;

  private static final double ROUNDING = 1 + 1e-9;

  /** Copies the list. */
  public Limit {
    seconds = List.copyOf(seconds);
  }

  /** Returns the limit that the trials of the limiting method set. */
  static Limit of(Collection<TrialResult> limiting) {
    List<TrialResult> valid = limiting.stream().filter(TrialResult::isValid).toList();
    boolean reference = valid.stream().anyMatch(Limit::isReference);
    boolean counted = !valid.isEmpty() && valid.stream().allMatch(each -> cost(each) != null);
    return new Limit(
        reference || !counted
            ? null
            : valid.stream()
                .mapToDouble(each -> Objects.requireNonNull(cost(each)))
                .average()
                .orElseThrow(),
        reference ? 1 : OF_ONE_SHOT,
        byMachine(valid));
  }

  private static List<TimeLimit> byMachine(List<TrialResult> trials) {
    Map<MachineClass, Double> means =
        trials.stream()
            .collect(
                Collectors.groupingBy(
                    trial -> MachineClass.of(trial.provenance()),
                    LinkedHashMap::new,
                    Collectors.averagingDouble(trial -> time(trial).seconds())));
    return means.entrySet().stream()
        .map(entry -> new TimeLimit(entry.getKey(), entry.getValue()))
        .sorted(Comparator.comparing(limit -> limit.machine().words()))
        .toList();
  }

  /** Returns true if the limiting method has no valid trial. */
  @JsonIgnore
  public boolean isUnknown() {
    return seconds.isEmpty();
  }

  /**
   * Returns true if a valid trial can be held to it: their work was counted, or one machine took
   * both.
   */
  public boolean binds(TrialResult trial) {
    return of(trial).isPresent();
  }

  /** What a trial took, and the most it may. */
  record Taken(double taken, double most, String words) {
    boolean isWithin() {
      return taken <= most * ROUNDING;
    }
  }

  /** Returns a valid trial beside its limit; empty where none is known. */
  Optional<Taken> of(TrialResult trial) {
    Double counted = cost(trial);
    if (cost != null && counted != null) {
      String words =
          "took the work of "
              + Words.number(counted)
              + " tokens, the limit is "
              + Words.number(cost);
      return Optional.of(new Taken(counted, cost, words));
    }
    OptionalDouble limit = secondsOn(MachineClass.of(trial.provenance()));
    if (limit.isEmpty()) {
      return Optional.empty();
    }
    double most = limit.getAsDouble();
    double taken = time(trial).seconds();
    String words = "took " + Words.number(taken) + " s, the limit is " + Words.number(most) + " s";
    return Optional.of(
        new Taken(taken, tolerance * most, tolerance == 1 ? words : words + " " + tolerated()));
  }

  /** Returns the tolerance in words. */
  String tolerated() {
    return "(and " + Words.number(100 * (tolerance - 1)) + " % for the noise of one shot)";
  }

  /** Returns true if a trial took far longer than its counted work explains. */
  boolean isFarSlower(TrialResult trial) {
    OptionalDouble limit = secondsOn(MachineClass.of(trial.provenance()));
    return cost != null && limit.isPresent() && time(trial).seconds() > FAR * limit.getAsDouble();
  }

  private OptionalDouble secondsOn(MachineClass machine) {
    return seconds.stream()
        .filter(limit -> limit.machine().equals(machine))
        .mapToDouble(TimeLimit::seconds)
        .findFirst();
  }

  private static boolean isReference(TrialResult trial) {
    return trial.identity().fidelity() == Fidelity.REFERENCE;
  }

  private static @Nullable Double cost(TrialResult trial) {
    return time(trial).cost();
  }

  private static TrialTime time(TrialResult trial) {
    return Objects.requireNonNull(trial.time(), "a valid trial has a time");
  }
}
