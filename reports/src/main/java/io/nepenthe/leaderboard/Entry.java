package io.nepenthe.leaderboard;

import io.nepenthe.metric.ByMetric;
import io.nepenthe.plugin.Family;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One method on one task.
 *
 * @param method its id
 * @param name as tables print it
 * @param family kind of method; a control takes no place
 * @param version of the plugin
 * @param place 1 more than the methods in better tie groups; null for a control or without a result
 * @param tieGroup number of the tie group, from 1; null likewise
 * @param rank mean of the positions that its tie group takes; null likewise
 * @param score of the chosen trials, lower is better; null without a result
 * @param adjustedP of the test against the first of its tie group; of a group's first, against the
 *     first of the group before; null where there is none
 * @param adjustedPWithBest of the test against the best method of the task; null likewise
 * @param metrics those that have a value; none without a result
 * @param seconds of the chosen trials; null where they were not timed on the task's machine
 * @param secondsSource "jmh" or "sweep"; null without a time
 * @param seeds that have a result, rising
 * @param overUnlearned true if memorization is gone, but so is utility
 * @param notes what a reader must know of it
 */
public record Entry(
    String method,
    String name,
    Family family,
    String version,
    @Nullable Integer place,
    @Nullable Integer tieGroup,
    @Nullable Double rank,
    @Nullable Value score,
    @Nullable Double adjustedP,
    @Nullable Double adjustedPWithBest,
    ByMetric<Value> metrics,
    @Nullable Value seconds,
    @Nullable String secondsSource,
    List<Long> seeds,
    boolean overUnlearned,
    List<String> notes) {
  /** Copies the lists. */
  public Entry {
    seeds = List.copyOf(seeds);
    notes = List.copyOf(notes);
  }
}
