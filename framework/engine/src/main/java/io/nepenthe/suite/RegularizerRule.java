package io.nepenthe.suite;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Rules for choosing the one setting of a regularizer. */
public enum RegularizerRule {
  /** The highest mean of accuracy - % memorized, for math: Eq. 3 as EVALUATION 5 reads it. */
  @JsonProperty("accuracy-minus-memorized")
  ACCURACY_MINUS_MEMORIZED,
  /** The lowest mean of perplexity + % memorized, for language: Eq. 2. */
  @JsonProperty("perplexity-plus-memorized")
  PERPLEXITY_PLUS_MEMORIZED
}
