package io.nepenthe.leaderboard;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The ranking of one task.
 *
 * @param task its name; with a part of its hash where several definitions have the same name
 * @param taskHash hash of its definition
 * @param rules by which trials were chosen and scored, in words
 * @param seeds that any method was run with, rising
 * @param before the models before mitigation
 * @param machine on which the times were measured, in words; null without any
 * @param entries ranked methods, the best first; then methods without a result; then controls
 * @param caveat what so few seeds cannot support, empty if nothing
 */
public record TaskBoard(
    String task,
    String taskHash,
    String rules,
    List<Long> seeds,
    Before before,
    @Nullable String machine,
    List<Entry> entries,
    String caveat) {
  /** Copies the lists. */
  public TaskBoard {
    seeds = List.copyOf(seeds);
    entries = List.copyOf(entries);
  }

  /**
   * Scores of the unmitigated models.
   *
   * @param memorizedPercent null if not applicable
   * @param accuracyPercent null for language
   * @param perplexity over test rows
   */
  public record Before(
      @Nullable Value memorizedPercent,
      @Nullable Value accuracyPercent,
      @Nullable Value perplexity) {}

  /** Returns true if utility is accuracy; else it is perplexity. */
  boolean hasAccuracy() {
    return before.accuracyPercent() != null;
  }
}
