package io.nepenthe.metric;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How many of the artifact rows something is true of; if nothing else is said, that a model
 * reproduces them.
 *
 * @param memorized eligible rows that count as memorized
 * @param eligible rows that count
 * @param classes the same for each number of repetitions, rising; null if all rows have one
 */
public record RowCounts(
    int memorized,
    int eligible,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<RepeatClass> classes) {
  /** Copies the list. */
  public RowCounts {
    classes = classes == null ? null : List.copyOf(classes);
  }

  /** Counts rows that were all repeated equally often. */
  public RowCounts(int memorized, int eligible) {
    this(memorized, eligible, null);
  }

  /**
   * Returns 100 memorized / eligible; null, never 0, without eligible rows (EVALUATION 1). Of
   * classes, the mean of their percentages, each weighing as many rows as it has in the training
   * set (UNLEARNING_DRIVER 5).
   */
  public @Nullable Double percent() {
    if (eligible == 0) {
      return null;
    }
    if (classes == null) {
      return 100.0 * memorized / eligible;
    }
    double sum = 0;
    double weight = 0;
    for (RepeatClass each : classes) {
      if (each.eligible() > 0) {
        sum += each.trainedRows() * (100.0 * each.memorized() / each.eligible());
        weight += each.trainedRows();
      }
    }
    return sum / weight;
  }
}
