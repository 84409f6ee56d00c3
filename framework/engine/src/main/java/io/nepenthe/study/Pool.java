package io.nepenthe.study;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What a model was trained on, and what was done to it. */
public enum Pool {
  /** Trained with the artifacts. */
  ORIGINAL,
  /** Trained without them. */
  RETRAINED,
  /** Trained with them, and made to forget. */
  MITIGATED;

  /** Returns the name used in JSON and tables. */
  @JsonValue
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
