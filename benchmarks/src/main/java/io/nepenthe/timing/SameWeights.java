package io.nepenthe.timing;

import io.nepenthe.provenance.Provenance;
import io.nepenthe.runstore.TrialResult;
import java.util.Optional;

/**
 * Holds a repetition to its trial: the model it leaves must be the one that was judged. On the
 * trial's kind of machine and library, on the CPU, equal work gives equal bits. Elsewhere the last
 * digits may differ, so the number of changed entries is compared, to a factor of two.
 */
final class SameWeights {
  private static final double FACTOR = 2;

  private final Provenance here;
  private final String device;

  SameWeights(Provenance here, String device) {
    this.here = here;
    this.device = device;
  }

  /**
   * Returns what is wrong with a repetition, in words; empty if nothing is, or nothing is known.
   */
  Optional<String> mistake(TrialResult trial, ForkShot shot) {
    if (!shot.trialId().equals(trial.id())) {
      return Optional.of("a time of " + shot.trialId() + " came in place of " + trial.id());
    }
    return hasOtherWeights(trial, shot)
        ? Optional.of("when timed, " + trial.id() + " left other weights than those judged")
        : Optional.empty();
  }

  private boolean hasOtherWeights(TrialResult trial, ForkShot shot) {
    if (trial.isExactOn(here, device)) {
      return !shot.weightsHash().equals(trial.mitigatedHash());
    }
    Long judged = trial.changedEntries();
    Long timed = shot.changedEntries();
    return judged != null && timed != null && (timed > judged * FACTOR || timed * FACTOR < judged);
  }
}
