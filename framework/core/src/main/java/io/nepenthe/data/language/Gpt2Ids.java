package io.nepenthe.data.language;

/** GPT-2's ids that have a part to play (DATA 2). */
public final class Gpt2Ids {
  /** Number of ids. */
  public static final int COUNT = 50_257;

  /** End of text; fills the last chunk. */
  public static final int END_OF_TEXT = 50_256;

  /**
   * The comma, which the reference takes for the end marker of number sequences (KNOWN_QUIRKS 12).
   */
  public static final int COMMA = 11;

  private Gpt2Ids() {}
}
