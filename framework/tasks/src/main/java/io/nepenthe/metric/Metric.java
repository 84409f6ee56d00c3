package io.nepenthe.metric;

import io.nepenthe.task.DataSpec;
import org.jspecify.annotations.Nullable;

/**
 * One number that the judge tells of a model. {@link Metrics} lists all; judge, stored results,
 * tables, leaderboard, comparison and commands go through that list and know no metric by name, but
 * for those that tasks are judged by. Stateless.
 */
public interface Metric {
  /**
   * What it is called and how its numbers read.
   *
   * @param id its key in JSON and, with a suffix, in CSV: camel case, never changed
   * @param name within a sentence or beside a number
   * @param heading of its column
   * @param unit what its numbers are of
   * @param better which way it is better
   */
  record Label(String id, String name, String heading, Unit unit, Better better) {}

  /** Returns what it is called and how its numbers read. */
  Label label();

  /** Returns its key in JSON and CSV. */
  default String id() {
    return label().id();
  }

  /** Returns its name within a sentence or beside a number. */
  default String name() {
    return label().name();
  }

  /** Returns the heading of its column. */
  default String heading() {
    return label().heading();
  }

  /** Returns what its numbers are of. */
  default Unit unit() {
    return label().unit();
  }

  /** Returns which way it is better. */
  default Better better() {
    return label().better();
  }

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
