package io.nepenthe.run;

import io.nepenthe.runstore.TimingResult;

/** How often a process that times a method repeats its winners. */
public final class TimingRounds {
  /** Rounds over the seeds that fit in here are taken in one process. */
  public static final double SECONDS = 2;

  private static final int MOST = 9;

  private TimingRounds() {}

  /** Returns an odd number, so that each seed has a middle shot: as many as fit, 9 at most. */
  public static int of(double secondsOfARound) {
    int fitting = (int) Math.min(MOST, SECONDS / secondsOfARound);
    return fitting < TimingResult.ENOUGH_SHOTS ? 1 : (fitting - 1) / 2 * 2 + 1;
  }
}
