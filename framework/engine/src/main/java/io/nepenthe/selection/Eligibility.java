package io.nepenthe.selection;

import io.nepenthe.metric.Scores;
import io.nepenthe.runstore.TrialOutcome;
import io.nepenthe.runstore.TrialResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which trials of a method may be chosen.
 *
 * @param eligible those that may
 * @param excluded the others, each with its reason
 * @param notes where a rule was dropped or could not be applied
 */
record Eligibility(List<TrialResult> eligible, List<Exclusion> excluded, List<String> notes) {
  Eligibility {
    eligible = List.copyOf(eligible);
    excluded = List.copyOf(excluded);
    notes = List.copyOf(notes);
  }

  /** Leaves out what gave no number, then what the rule leaves out of the rest. */
  static Eligibility of(List<TrialResult> trials, Inclusion rule) {
    List<TrialResult> measured = new ArrayList<>();
    List<Exclusion> unmeasured = new ArrayList<>();
    for (TrialResult trial : trials) {
      withoutNumber(trial).ifPresentOrElse(unmeasured::add, () -> measured.add(trial));
    }
    Eligibility ruled = rule.decide(measured);
    return new Eligibility(
        ruled.eligible,
        Stream.concat(unmeasured.stream(), ruled.excluded.stream()).toList(),
        ruled.notes);
  }

  private static Optional<Exclusion> withoutNumber(TrialResult trial) {
    if (!trial.isValid()) {
      return Optional.of(Exclusion.of(trial, kind(trial.outcome()), trial.outcome().explanation()));
    }
    Scores after = Objects.requireNonNull(trial.after(), "a valid trial has scores");
    if (trial.before().memorizedPercent() == null || after.memorizedPercent() == null) {
      return Optional.of(
          Exclusion.of(
              trial,
              Exclusion.Kind.NOT_APPLICABLE,
              "no artifact row is eligible: % memorized is not applicable"));
    }
    return Change.isDefined(trial.before())
        ? Optional.empty()
        : Optional.of(
            Exclusion.of(
                trial,
                Exclusion.Kind.NOT_APPLICABLE,
                "the original model memorized nothing: there is nothing to forget"));
  }

  private static Exclusion.Kind kind(TrialOutcome outcome) {
    if (outcome instanceof TrialOutcome.Invalid) {
      return Exclusion.Kind.INVALID;
    }
    if (outcome instanceof TrialOutcome.TimedOut) {
      return Exclusion.Kind.TIMED_OUT;
    }
    return outcome instanceof TrialOutcome.NotApplicable
        ? Exclusion.Kind.NOT_APPLICABLE
        : Exclusion.Kind.FAILED;
  }
}
