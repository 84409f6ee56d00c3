package io.nepenthe.metric;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * How much a model reproduces of the artifact rows that were repeated equally often.
 *
 * @param copies how often the training set holds each row
 * @param rows how many rows the class has, eligible or not
 * @param memorized eligible rows whose whole compared window is reproduced
 * @param eligible rows that count
 */
@JsonIgnoreProperties(value = "memorizedPercent", allowGetters = true)
public record RepeatClass(int copies, int rows, int memorized, int eligible) {
  /** Returns 100 memorized / eligible; null, never 0, without eligible rows. */
  @JsonProperty("memorizedPercent")
  public @Nullable Double memorizedPercent() {
    return eligible == 0 ? null : 100.0 * memorized / eligible;
  }

  /** Returns how many rows of the training set are of this class. */
  long trainedRows() {
    return (long) copies * rows;
  }
}
