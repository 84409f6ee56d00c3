package io.nepenthe.metric;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Which way a metric is better, for a model that is to forget and to stay useful. */
public enum Better {
  /** Less is better, as of what is memorized. */
  LOWER,
  /** More is better, as of accuracy. */
  HIGHER,
  /** It only describes. */
  NEITHER;

  /** Returns the name used in JSON. */
  @JsonValue
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
