package io.nepenthe.suite;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Rules for which trials of an unlearning method may be chosen. */
public enum InclusionRule {
  /** Those that took no more work or time than the method that sets the limit; all, if none did. */
  @JsonProperty("no-slower-than-limit")
  NO_SLOWER_THAN_LIMIT,
  /** Pythia's: perplexity below 500 and, if a method has any such, less than 10 % memorized. */
  @JsonProperty("perplexity-below-500-and-memorized-below-10")
  PERPLEXITY_BELOW_500_AND_MEMORIZED_BELOW_10,
  /** All. */
  @JsonProperty("all")
  ALL
}
