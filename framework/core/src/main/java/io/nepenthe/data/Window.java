package io.nepenthe.data;

import com.fasterxml.jackson.annotation.JsonCreator;

/**
 * Which tokens of a row are given and which are compared: the paper prompts with 50 tokens and
 * compares the next 50 (EVALUATION 1).
 *
 * @param prompt tokens given, at least 1
 * @param compare tokens compared after the prompt, at least 1
 */
public record Window(int prompt, int compare) {
  /** Checks the ranges. */
  @JsonCreator
  public Window {
    if (prompt < 1 || compare < 1) {
      throw new IllegalArgumentException(
          "window has prompt " + prompt + " and compare " + compare + ", both must be at least 1");
    }
    if (prompt > Integer.MAX_VALUE - compare) {
      throw new IllegalArgumentException(
          "window has prompt " + prompt + " and compare " + compare + ", longer than any row");
    }
  }

  /**
   * Returns what is left of this in rows of a length; all of it where nothing would be compared.
   */
  public Window within(int length) {
    return prompt < length && length < end() ? new Window(prompt, length - prompt) : this;
  }

  /** Returns the position after the last compared token. */
  public int end() {
    return prompt + compare;
  }
}
