package io.nepenthe.comparison;

import io.nepenthe.statistics.Interval;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How one quantity of a method on a task changed.
 *
 * @param quantity what
 * @param before mean in the first run over the common seeds, of what differs in per cent the
 *     geometric one; null if there is none, or not finite
 * @param after the same in the second
 * @param change from one mean to the other, in points or per cent; null likewise
 * @param interval Student's 95 % interval of that change; null with fewer than two seeds
 * @param seeds that both have, rising
 * @param verdict what it amounts to
 * @param note why it is that, empty if the interval and the threshold decided
 */
public record Difference(
    Quantity quantity,
    @Nullable Double before,
    @Nullable Double after,
    @Nullable Double change,
    @Nullable Interval interval,
    List<Long> seeds,
    Verdict verdict,
    String note) {
  /** Copies the list. */
  public Difference {
    seeds = List.copyOf(seeds);
  }

  static Difference incomparable(Quantity quantity, String why) {
    return new Difference(quantity, null, null, null, null, List.of(), Verdict.INCOMPARABLE, why);
  }

  /** Returns this with a further note, if there is one. */
  Difference noted(String more) {
    String both = note.isEmpty() || more.isEmpty() ? note + more : note + "; " + more;
    return new Difference(quantity, before, after, change, interval, seeds, verdict, both);
  }
}
