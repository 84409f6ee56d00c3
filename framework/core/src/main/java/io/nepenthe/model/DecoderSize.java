package io.nepenthe.model;

/** The size of a decoder, as its configuration says it. */
public interface DecoderSize {
  /** Returns V. */
  int vocabulary();

  /** Returns the longest row. */
  int positions();

  /** Returns D. */
  int width();

  /** Returns the number of blocks. */
  int layers();

  /** Returns the number of heads of queries. */
  int heads();

  /** Returns H. */
  int hiddenUnits();

  /** Returns the function of the hidden units, or of their gate. */
  Activation activation();

  /** Returns the epsilon of every norm. */
  double epsilon();
}
