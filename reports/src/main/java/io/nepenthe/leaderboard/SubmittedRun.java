package io.nepenthe.leaderboard;

import io.nepenthe.summary.StoredRun;
import java.util.List;

/**
 * A run that is put before a board.
 *
 * @param name of its archive; empty if it is a folder
 * @param claimant whose the methods are that nobody else has; empty if that is not known
 * @param run what it holds
 * @param tier how far it was verified
 * @param refusals why nothing of it takes a place, one sentence each; empty if it may
 */
public record SubmittedRun(
    String name, String claimant, StoredRun run, Tier tier, List<String> refusals) {
  /** Copies the list. */
  public SubmittedRun {
    refusals = List.copyOf(refusals);
  }

  /** Returns a run of which only its folder is known. */
  static SubmittedRun of(StoredRun run) {
    return new SubmittedRun("", "", run, Tier.UNCHECKED, List.of());
  }

  boolean isAccepted() {
    return refusals.isEmpty();
  }
}
