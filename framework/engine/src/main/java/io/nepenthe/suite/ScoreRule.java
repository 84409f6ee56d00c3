package io.nepenthe.suite;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What is minimised; M, A, P: relative changes of % memorized, mean accuracy, perplexity. */
public enum ScoreRule {
  /** M - A, for math. */
  @JsonProperty("m-minus-a")
  M_MINUS_A,
  /** M + P + t, t = 100 where M = 0, for language and Pythia. */
  @JsonProperty("m-plus-p-plus-t")
  M_PLUS_P_PLUS_T
}
