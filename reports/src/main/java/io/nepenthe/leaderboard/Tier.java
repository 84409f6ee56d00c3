package io.nepenthe.leaderboard;

import com.fasterxml.jackson.annotation.JsonValue;
import io.nepenthe.wording.Words;

/** How far a submission was verified; later ones say more. */
public enum Tier {
  /** Nobody verified it. */
  UNCHECKED,
  /** What it holds agrees with itself: seals, hashes, plan, selection and times. */
  CHECKED,
  /** Beside that, a sample of its trials was run again and gave the same. */
  RE_RUN;

  /** Returns the kebab-case name used in files. */
  @JsonValue
  public String id() {
    return Words.id(this);
  }
}
