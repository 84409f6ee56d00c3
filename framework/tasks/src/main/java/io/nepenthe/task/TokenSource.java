package io.nepenthe.task;

import java.nio.file.Path;

/** Source of the texts of language tasks, as a tokenizer's ids (DATA 2). Thread-safe. */
@FunctionalInterface
public interface TokenSource {
  /**
   * Returns the ids of one part of a corpus.
   *
   * @param corpus its name, like "wikitext-103"
   * @param split the part, like "train", "validation" or "test"
   * @param encoding whose ids they are
   * @throws io.nepenthe.protocol.NepentheException with BAD_DATA if it is not there or no text
   */
  TokenIds tokens(String corpus, String split, TextEncoding encoding);

  /**
   * Returns the encoding that a suite names.
   *
   * @throws IllegalArgumentException if there is none, naming those there are
   */
  default TextEncoding encoding(String named) {
    return Tokenizers.require(named);
  }

  /** Returns where a file or folder lies that a suite names; it need not be there. */
  default Path place(String named) {
    return Path.of(named);
  }
}
