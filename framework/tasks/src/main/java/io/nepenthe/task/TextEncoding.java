package io.nepenthe.task;

/** Turns texts into ids and back. Thread-safe. */
public interface TextEncoding {
  /** Returns words that change whenever a text could get other ids. */
  String identity();

  /** Returns the number of ids. */
  int size();

  /**
   * Returns the ids of a text, with none added that begin or end it.
   *
   * @throws IllegalArgumentException if it cannot be encoded
   */
  int[] encode(String text);

  /**
   * Returns the text of ids. Bytes that are no UTF-8, as at the end of half a character, become
   * U+FFFD.
   *
   * @throws IllegalArgumentException if an id is not in [0, {@link #size})
   */
  String decode(int[] ids);
}
