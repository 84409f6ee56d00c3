package io.nepenthe.study;

import io.nepenthe.statistics.RocArea;
import io.nepenthe.statistics.Statistic;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is found of one measure.
 *
 * @param measure which
 * @param original its values of models trained with artifacts; null if there are none
 * @param retrained its values of models trained without; null if there are none
 * @param separation how well it tells the two apart: 1 if each original is worse than each
 *     retrained model, 0.5 if it cannot tell, one of either for each seed; null without both
 * @param stability by challenge, variant and pool
 */
public record MeasureStudy(
    Measure measure,
    @Nullable Statistic original,
    @Nullable Statistic retrained,
    @Nullable RocArea separation,
    List<Stability> stability) {
  /** Copies the list. */
  public MeasureStudy {
    stability = List.copyOf(stability);
  }
}
