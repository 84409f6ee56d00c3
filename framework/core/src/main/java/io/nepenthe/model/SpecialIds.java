package io.nepenthe.model;

/**
 * The ids a tokenizer reserves; -1 where there is none.
 *
 * @param begin of a text
 * @param end of a text
 * @param padding after it
 */
public record SpecialIds(int begin, int end, int padding) {
  /** No special ids. */
  public static final SpecialIds NONE = new SpecialIds(-1, -1, -1);
}
