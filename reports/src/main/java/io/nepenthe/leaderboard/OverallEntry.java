package io.nepenthe.leaderboard;

import io.nepenthe.plugin.Family;
import java.util.List;

/**
 * One method over all tasks of a board.
 *
 * @param method its id
 * @param name as tables print it
 * @param family kind of method
 * @param version of the plugin
 * @param jar SHA-256 of the jar that was measured
 * @param submission name of the archive that its result is of; empty if of a folder
 * @param place 1 more than the methods with a lower mean rank
 * @param rank mean over tasks, with the range over tasks
 * @param tasks how many it has a result on
 * @param missing names of the tasks it has none on: there it counts as last
 * @param overUnlearned names of the tasks on which it is marked as over-unlearned
 */
public record OverallEntry(
    String method,
    String name,
    Family family,
    String version,
    String jar,
    String submission,
    int place,
    Value rank,
    int tasks,
    List<String> missing,
    List<String> overUnlearned) {
  /** Copies the lists. */
  public OverallEntry {
    missing = List.copyOf(missing);
    overUnlearned = List.copyOf(overUnlearned);
  }
}
