package io.nepenthe.leaderboard;

import io.nepenthe.protocol.Fidelity;
import java.util.List;

/**
 * What may be ranked together: results of one protocol and one fidelity.
 *
 * @param protocol version of the measuring rules
 * @param fidelity clean or reference
 * @param quirks ids of the reference's defects that were reproduced, sorted
 * @param runs where the results come from
 * @param tasks by name
 * @param overall methods over the tasks that count, the best first; empty if fewer than two do
 * @param leftOut what was not ranked, and why, one sentence each
 */
public record Board(
    String protocol,
    Fidelity fidelity,
    List<String> quirks,
    List<Source> runs,
    List<TaskBoard> tasks,
    List<OverallEntry> overall,
    List<String> leftOut) {
  /** Copies the lists. */
  public Board {
    quirks = List.copyOf(quirks);
    runs = List.copyOf(runs);
    tasks = List.copyOf(tasks);
    overall = List.copyOf(overall);
    leftOut = List.copyOf(leftOut);
  }

  /** Returns how many tasks count overall. */
  public long counted() {
    return tasks.stream().filter(TaskBoard::counts).count();
  }

  /** Returns what tells it from other boards, in words. */
  String title() {
    return "Protocol "
        + protocol
        + ", "
        + fidelity.id()
        + " fidelity"
        + (quirks.isEmpty() ? "" : " (" + String.join(", ", quirks) + ")");
  }
}
