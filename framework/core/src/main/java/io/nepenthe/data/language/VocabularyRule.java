package io.nepenthe.data.language;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The ids in the vocabulary of a language model. */
public enum VocabularyRule {
  /** All 50 257 of GPT-2, as in the paper. */
  @JsonProperty("gpt2")
  GPT2,
  /** Those that occur in the task's texts, numbered anew in rising order: for small machines. */
  @JsonProperty("occurring")
  OCCURRING
}
