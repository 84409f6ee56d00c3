package io.nepenthe.task;

/** The token ids of a text, in order. May lie outside the heap. Immutable. */
public interface TokenIds {
  /** Returns the number of ids. */
  int size();

  /** Returns the id at an index, 0 to {@link #size} - 1. */
  int id(int index);

  /** Returns a hash of the ids and their order. */
  String hash();
}
