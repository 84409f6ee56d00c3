package io.nepenthe.submission;

import com.fasterxml.jackson.annotation.JsonValue;
import io.nepenthe.wording.Words;

/** What a rule says of an archive, the worst last. */
public enum Verdict {
  /** All is as it should be. */
  PASS,
  /** It could not be looked at, or was not asked for. */
  SKIPPED,
  /** It may be true, and somebody must look. */
  QUESTION,
  /** It cannot be true. */
  FAIL;

  /** Returns the word that files have. */
  @JsonValue
  public String id() {
    return Words.id(this);
  }
}
