package io.nepenthe.plugincheck;

import com.fasterxml.jackson.annotation.JsonValue;
import io.nepenthe.wording.Words;

/** What became of a rule. */
public enum Verdict {
  /** It is kept. */
  PASSED,
  /** It is broken. */
  FAILED,
  /** A method of this kind promises nothing of the sort. */
  NOT_APPLICABLE,
  /** It could not be looked at, because another one is broken. */
  NOT_CHECKED;

  /** Returns the kebab-case name. */
  @JsonValue
  public String id() {
    return Words.id(this);
  }
}
