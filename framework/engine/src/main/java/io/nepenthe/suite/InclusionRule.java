package io.nepenthe.suite;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Rules for which trials of an unlearning method may be chosen. */
public enum InclusionRule {
  /** Those that took at most as long as extra fine-tuning; all, if a method has none of those. */
  @JsonProperty("no-slower-than-extra-fine-tuning")
  NO_SLOWER_THAN_EXTRA_FINE_TUNING,
  /** Pythia's: perplexity below 500 and, if a method has any such, less than 10 % memorized. */
  @JsonProperty("perplexity-below-500-and-memorized-below-10")
  PERPLEXITY_BELOW_500_AND_MEMORIZED_BELOW_10,
  /** All. */
  @JsonProperty("all")
  ALL;

  /** Id of the method whose time is the limit of the first rule. */
  public static final String LIMIT_METHOD = "extra-fine-tuning";
}
