package io.nepenthe.leaderboard;

import io.nepenthe.metric.ByMetric;
import io.nepenthe.plugin.Family;
import io.nepenthe.selection.Exclusion;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One method on one task.
 *
 * @param method its id
 * @param name as tables print it
 * @param family kind of method; a control takes no place
 * @param version of the plugin
 * @param jar SHA-256 of the jar that was measured
 * @param submission name of the archive that its result is of; empty if of a folder
 * @param tier how far that was verified
 * @param place 1 more than the methods in better tie groups; null for a control and where it takes
 *     none
 * @param tieGroup number of the tie group, from 1; null likewise
 * @param rank mean of the positions that its tie group takes; null likewise
 * @param notPlaced why it takes no place, one sentence each; empty if it does, or is a control
 * @param score of the chosen trials, lower is better; null without a result
 * @param adjustedP of the test against the first of its tie group; of a group's first, against the
 *     first of the group before; null where there is none
 * @param adjustedPWithBest of the test against the best method of the task; null likewise
 * @param metrics those that have a value; none without a result
 * @param seconds of the chosen trials; null where they were not timed on the task's machine
 * @param secondsSource "jmh" or "sweep"; null without a time
 * @param seeds that its numbers are of, rising
 * @param machine where its trials were run, in words
 * @param overUnlearned true if memorization is gone, but so is utility
 * @param notes what a reader must know of it
 * @param excluded trials that could not be chosen, each with its reason
 */
public record Entry(
    String method,
    String name,
    Family family,
    String version,
    String jar,
    String submission,
    Tier tier,
    @Nullable Integer place,
    @Nullable Integer tieGroup,
    @Nullable Double rank,
    List<String> notPlaced,
    @Nullable Value score,
    @Nullable Double adjustedP,
    @Nullable Double adjustedPWithBest,
    ByMetric<Value> metrics,
    @Nullable Value seconds,
    @Nullable String secondsSource,
    List<Long> seeds,
    String machine,
    boolean overUnlearned,
    List<String> notes,
    List<Exclusion> excluded) {
  /** Copies the lists. */
  public Entry {
    notPlaced = List.copyOf(notPlaced);
    seeds = List.copyOf(seeds);
    notes = List.copyOf(notes);
    excluded = List.copyOf(excluded);
  }
}
