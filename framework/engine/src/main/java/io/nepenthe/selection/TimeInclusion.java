package io.nepenthe.selection;

import io.nepenthe.runstore.MachineClass;
import io.nepenthe.runstore.TrialResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Only trials that took no more than the method that sets the limit; if a method has none on an
 * original model, all of them there (UNLEARNING_DRIVER 6). Where no limit is known for a trial's
 * machine, the trial stays eligible.
 */
final class TimeInclusion implements Inclusion {
  private final Limit limit;

  TimeInclusion(Limit limit) {
    this.limit = limit;
  }

  @Override
  public Eligibility decide(List<TrialResult> trials) {
    if (limit.isUnknown()) {
      return new Eligibility(
          trials, List.of(), List.of("no time limit is known: all trials are eligible"));
    }
    List<TrialResult> eligible = new ArrayList<>();
    List<Exclusion> slower = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    boolean anyWithin = false;
    for (TrialResult trial : trials) {
      Optional<Limit.Taken> taken = limit.of(trial);
      anyWithin |= taken.filter(Limit.Taken::isWithin).isPresent();
      if (taken.isPresent() && !taken.get().isWithin()) {
        slower.add(Exclusion.of(trial, Exclusion.Kind.SLOWER_THAN_LIMIT, taken.get().words()));
      } else {
        eligible.add(trial);
        note(trial, taken).filter(note -> !notes.contains(note)).ifPresent(notes::add);
      }
    }
    if (!anyWithin && !slower.isEmpty()) {
      notes.add("no trial within the limit: all are eligible");
      return new Eligibility(trials, List.of(), notes);
    }
    return new Eligibility(eligible, slower, notes);
  }

  private Optional<String> note(TrialResult trial, Optional<Limit.Taken> taken) {
    if (taken.isEmpty()) {
      return Optional.of(
          "no time limit is known on "
              + MachineClass.of(trial.provenance()).words()
              + ": its trials are eligible whatever their time");
    }
    return limit.isFarSlower(trial)
        ? Optional.of(
            "within the limit by its passes through the model, far above it in seconds: the method"
                + " computes elsewhere")
        : Optional.empty();
  }
}
