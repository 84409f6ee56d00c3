package io.nepenthe.comparison;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;

/** What a change amounts to; of several, the first of these that there is. */
public enum Verdict {
  /** Beyond the threshold and beyond the seeds' noise, for the worse. */
  WORSE,
  /** The same, for the better. */
  BETTER,
  /** Within the threshold, or within the noise. */
  SAME,
  /** The numbers do not compare. */
  INCOMPARABLE;

  /** Returns worse if any is worse, else better if any is better, else same if any is. */
  static Verdict of(Collection<Verdict> verdicts) {
    return Arrays.stream(values()).filter(verdicts::contains).findFirst().orElse(INCOMPARABLE);
  }

  /** Returns the name used in JSON. */
  @JsonValue
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
