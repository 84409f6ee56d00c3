package io.nepenthe.mitigation;

import java.util.OptionalInt;

/** A text, or a row of ids, as a file has it. */
final class Passage {
  private final int[] ids;
  private final OptionalInt prompt;

  /**
   * Makes a passage.
   *
   * @param ids its tokens
   * @param prompt how many of them are given before what is memorized, if the file says so
   */
  Passage(int[] ids, OptionalInt prompt) {
    this.ids = ids.clone();
    this.prompt = prompt;
  }

  Passage(int... ids) {
    this(ids, OptionalInt.empty());
  }

  int[] ids() {
    return ids.clone();
  }

  OptionalInt prompt() {
    return prompt;
  }

  /** Returns how many tokens are compared, if the file says so. */
  OptionalInt compare() {
    return prompt.isEmpty() ? prompt : OptionalInt.of(ids.length - prompt.getAsInt());
  }
}
