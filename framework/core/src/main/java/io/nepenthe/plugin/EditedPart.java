package io.nepenthe.plugin;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What of a model an unlearning method sets to zero: reports compare methods of one kind. */
public enum EditedPart {
  /** Whole hidden units of an MLP. */
  @JsonProperty("neurons")
  NEURONS,
  /** Single entries of an MLP's matrices. */
  @JsonProperty("weights")
  WEIGHTS
}
