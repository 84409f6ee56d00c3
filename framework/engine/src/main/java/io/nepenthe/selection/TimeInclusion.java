package io.nepenthe.selection;

import io.nepenthe.runstore.MachineClass;
import io.nepenthe.runstore.TrialResult;
import io.nepenthe.wording.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Only trials that took no more than the method that sets the limit; if a method has none on an
 * original model, all of them there (UNLEARNING_DRIVER 6). Where no limit is known for a trial's
 * machine, the trial stays eligible.
 */
final class TimeInclusion implements Inclusion {
  private static final int MOST_NAMED = 3;

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
    Set<String> elsewhere = new TreeSet<>();
    boolean anyWithin = false;
    for (TrialResult trial : trials) {
      Optional<Limit.Taken> taken = limit.of(trial);
      anyWithin |= taken.filter(Limit.Taken::isWithin).isPresent();
      if (taken.isPresent() && !taken.get().isWithin()) {
        slower.add(Exclusion.of(trial, Exclusion.Kind.SLOWER_THAN_LIMIT, taken.get().words()));
      } else {
        eligible.add(trial);
        if (taken.isEmpty()) {
          notes.add(unknownOn(MachineClass.of(trial.provenance())));
        } else if (limit.isFarSlower(trial)) {
          elsewhere.add(trial.identity().hyperparameters().toString());
        }
      }
    }
    if (!elsewhere.isEmpty()) {
      notes.add(farSlower(elsewhere));
    }
    if (!anyWithin && !slower.isEmpty()) {
      notes.add("no trial within the limit: all are eligible");
      return new Eligibility(trials, List.of(), distinct(notes));
    }
    return new Eligibility(eligible, slower, distinct(notes));
  }

  private static List<String> distinct(List<String> notes) {
    return notes.stream().distinct().toList();
  }

  private static String unknownOn(MachineClass machine) {
    return "no time limit is known on "
        + machine.words()
        + ": its trials are eligible whatever their time";
  }

  private static String farSlower(Set<String> settings) {
    String first = settings.stream().limit(MOST_NAMED).collect(Collectors.joining(", "));
    int more = settings.size() - MOST_NAMED;
    return "with "
        + (more > 0 ? first + " and " + Words.count(more, "more setting") : first)
        + " within the limit by its passes through the model, far above it in seconds: the method"
        + " computes elsewhere";
  }
}
