package io.nepenthe.report.view;

import io.nepenthe.selection.Exclusion;
import io.nepenthe.selection.MethodSelection;
import java.util.Map;
import java.util.TreeMap;

/** How many trials each kind of reason kept out of the choice. */
public final class ExclusionCounts {
  private ExclusionCounts() {}

  public static Map<Exclusion.Kind, Integer> of(MethodSelection selected) {
    Map<Exclusion.Kind, Integer> counts = new TreeMap<>();
    selected.excluded().forEach(each -> counts.merge(each.kind(), 1, Integer::sum));
    return counts;
  }

  /** Returns a kind of reason in words. */
  public static String words(Exclusion.Kind kind) {
    return switch (kind) {
      case FAILED -> "failed";
      case INVALID -> "invalid";
      case TIMED_OUT -> "timed out";
      case NOT_APPLICABLE -> "not applicable";
      case SLOWER_THAN_EXTRA_FINE_TUNING -> "slower than extra fine-tuning";
      case PERPLEXITY_TOO_HIGH -> "perplexity too high";
      case MEMORIZED_TOO_MUCH -> "memorized too much";
    };
  }
}
