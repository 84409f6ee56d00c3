package io.nepenthe.task;

/** A text encoding that suites call by a name. {@link Tokenizers} finds it. Thread-safe. */
public interface Tokenizer extends TextEncoding {
  /** Returns its name, as suites call it. */
  String name();

  /** Returns its name as reports print it. */
  String title();

  /** Returns the id that ends a text. */
  int endOfText();

  /**
   * Returns the comma's id, which the reference takes for the end marker of number sequences
   * (KNOWN_QUIRKS 12).
   */
  int comma();
}
