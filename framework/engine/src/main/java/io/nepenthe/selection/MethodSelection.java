package io.nepenthe.selection;

import io.nepenthe.plugin.Family;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What was chosen for one method on one task.
 *
 * @param method its id
 * @param family kind of method
 * @param rule id of the rule by which its winners were chosen
 * @param winners by seed: the trial that stands for the method, chosen on all evaluation rows as
 *     the paper does
 * @param winnerScores what the winners scored on those rows
 * @param noBetter seeds whose winner is no better than the original model, which memorizes no more,
 *     or loses in utility as large a part as it forgets; a control, which shows just that, has none
 * @param shared the one setting for all seeds; null where no trial has halves
 * @param excluded trials that could not be chosen, by seed, then setting
 * @param notes where a rule was dropped or could not be applied
 */
public record MethodSelection(
    String method,
    Family family,
    String rule,
    Map<Long, Winner> winners,
    ScoreStatistics winnerScores,
    List<Long> noBetter,
    @Nullable SharedSetting shared,
    List<Exclusion> excluded,
    List<String> notes) {
  /** Copies the collections. */
  public MethodSelection {
    winners = Collections.unmodifiableMap(new TreeMap<>(winners));
    noBetter = List.copyOf(noBetter);
    excluded = List.copyOf(excluded);
    notes = List.copyOf(notes);
  }

  /**
   * Returns that winners are no better than no mitigation, and of which seeds; empty if none is.
   */
  public String noBetterInWords() {
    return Gain.noneIn(noBetter, winners.keySet());
  }

  /** Returns how many trials each kind of reason kept out, by its id. */
  public Map<String, Integer> excludedByKind() {
    Map<String, Integer> counts = new TreeMap<>();
    excluded.forEach(exclusion -> counts.merge(exclusion.kind().id(), 1, Integer::sum));
    return counts;
  }
}
