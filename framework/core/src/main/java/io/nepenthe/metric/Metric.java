package io.nepenthe.metric;

import io.nepenthe.data.DataSpec;
import org.jspecify.annotations.Nullable;

/**
 * One number that the judge tells of a model. {@link Metrics} lists all; judge, stored results,
 * tables, leaderboard, comparison and commands go through that list and know no metric by name, but
 * for those that tasks are judged by. Stateless.
 */
public interface Metric {
  /** Returns its key in JSON and, with a suffix, in CSV: camel case, never changed. */
  String id();

  /** Returns its name within a sentence or beside a number. */
  String name();

  /** Returns the heading of its column. */
  String heading();

  /** Returns what its numbers are of. */
  Unit unit();

  /** Returns which way it is better. */
  Better better();

  /** Returns whether models of such a task have it. */
  default boolean appliesTo(DataSpec task) {
    return true;
  }

  /** Returns its value, null where the rows give none. */
  @Nullable Double of(Observations seen);

  /** Returns how many decimals tables print. */
  default int decimals() {
    return unit().decimals();
  }
}
