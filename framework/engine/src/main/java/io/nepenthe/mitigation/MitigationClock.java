package io.nepenthe.mitigation;

import io.nepenthe.wording.Words;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The time that all calls of one mitigation have, and what of it is over. */
public final class MitigationClock {
  /** For reading results back and drawing the report. */
  private static final double SECONDS_TO_REPORT = 8;

  /** A model is read, compared with the original one and written. */
  private static final double BYTES_PER_SECOND = 1e8;

  /** No more of a budget is set aside for its end. */
  private static final double MOST_FOR_THE_END = 0.2;

  private static final long NANOS_BETWEEN_NOTES = 5_000_000_000L;

  private final MitigationFolder folder;
  private final @Nullable Duration budget;
  private final LongSupplier nanos;
  private final long started;
  private final double spentBefore;
  private long noted;

  /**
   * Goes on from what earlier calls took.
   *
   * @param budget for all calls together; null if there is none
   * @param started when this call began, by the clock
   * @param nanos the clock
   */
  public MitigationClock(
      MitigationFolder folder, @Nullable Duration budget, long started, LongSupplier nanos) {
    this.folder = folder;
    this.budget = budget;
    this.nanos = nanos;
    this.started = started;
    this.spentBefore = folder.spentSeconds();
    this.noted = started;
  }

  /**
   * Returns when the last trial must have ended.
   *
   * @param modelBytes of the model that is written then
   */
  OptionalLong endOfTrials(double modelBytes) {
    if (budget == null) {
      return OptionalLong.empty();
    }
    double whole = budget.toMillis() / 1e3;
    double end =
        Math.min(MOST_FOR_THE_END * whole, SECONDS_TO_REPORT + modelBytes / BYTES_PER_SECOND);
    return OptionalLong.of(started + (long) ((whole - spentBefore - end) * 1e9));
  }

  /** Notes what is over, for a later call. */
  public synchronized void note() {
    noted = nanos.getAsLong();
    folder.spent(spentBefore + (noted - started) / 1e9);
  }

  /** Notes it if that was not done for a while: a call may be killed before it ends a trial. */
  synchronized void noteNowAndThen() {
    if (nanos.getAsLong() - noted > NANOS_BETWEEN_NOTES) {
      note();
    }
  }

  /** Returns the budget in words; empty if there is none. */
  public String inWords() {
    return budget == null ? "" : "the budget of " + words(budget);
  }

  private static String words(Duration time) {
    double seconds = time.toMillis() / 1e3;
    return seconds < 120 ? Words.number(seconds) + " s" : Words.number(seconds / 60) + " min";
  }
}
