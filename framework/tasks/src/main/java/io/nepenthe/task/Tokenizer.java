package io.nepenthe.task;

/** Turns texts into ids and back. {@link Tokenizers} finds it by its name. Thread-safe. */
public interface Tokenizer {
  /** Returns its name, as suites call it. */
  String name();

  /** Returns its name as reports print it. */
  String title();

  /** Returns words that change whenever a text could get other ids. */
  String identity();

  /** Returns the number of ids. */
  int size();

  /** Returns the id that ends a text. */
  int endOfText();

  /**
   * Returns the comma's id, which the reference takes for the end marker of number sequences
   * (KNOWN_QUIRKS 12).
   */
  int comma();

  /** Returns the ids of a text. */
  int[] encode(String text);

  /**
   * Returns the text of ids. Bytes that are no UTF-8, as at the end of half a character, become
   * U+FFFD.
   *
   * @throws IllegalArgumentException if an id is not in [0, {@link #size})
   */
  String decode(int[] ids);
}
