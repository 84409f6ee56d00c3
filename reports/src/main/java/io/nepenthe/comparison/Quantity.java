package io.nepenthe.comparison;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What is compared, and in which unit it differs. */
public enum Quantity {
  /** % memorized; differs in points, lower is better. */
  MEMORIZED("% memorized", false, 1),
  /** Accuracy in per cent; differs in points, higher is better. */
  ACCURACY("accuracy %", false, -1),
  /** Perplexity; differs in per cent of what it was, lower is better. */
  PERPLEXITY("perplexity", true, 1),
  /** Seconds; differ in per cent of what they were, lower is better. */
  TIME("seconds", true, 1);

  private final String words;
  private final boolean relative;
  private final int worse;

  Quantity(String words, boolean relative, int worse) {
    this.words = words;
    this.relative = relative;
    this.worse = worse;
  }

  /** Returns the name used in JSON. */
  @JsonValue
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns what a table calls it. */
  public String words() {
    return words;
  }

  /** Returns true if it differs in per cent of what it was; else in points. */
  public boolean isRelative() {
    return relative;
  }

  /** Returns how much it changed, in its unit. */
  double change(double before, double after) {
    return relative ? 100 * (after - before) / before : after - before;
  }

  /** Returns a change as one in which more is worse. */
  double worsening(double change) {
    return worse * change;
  }
}
