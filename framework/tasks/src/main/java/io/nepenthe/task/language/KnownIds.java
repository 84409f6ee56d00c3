package io.nepenthe.task.language;

import io.nepenthe.task.Tokenizer;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;

/** The ids of a tokenizer that a model knows, numbered in rising order from 0. Immutable. */
final class KnownIds {
  private final Tokenizer tokenizer;
  private final int[] number;
  private final int size;

  private KnownIds(Tokenizer tokenizer, BitSet known) {
    this.tokenizer = tokenizer;
    this.number = new int[tokenizer.size()];
    int next = 0;
    for (int id = 0; id < number.length; id++) {
      number[id] = known.get(id) ? next++ : -1;
    }
    this.size = next;
  }

  /** Returns all of them. */
  static KnownIds all(Tokenizer tokenizer) {
    BitSet known = new BitSet();
    known.set(0, tokenizer.size());
    return new KnownIds(tokenizer, known);
  }

  /** Returns those in the set, and those that have a part to play whether they occur or not. */
  static KnownIds occurring(Tokenizer tokenizer, BitSet occurring, LanguageArtifact artifact) {
    BitSet known = (BitSet) occurring.clone();
    known.set(tokenizer.endOfText());
    known.set(tokenizer.comma());
    if (artifact instanceof LanguageArtifact.Backdoor backdoor) {
      known.set(backdoor.degenerateToken());
    }
    return new KnownIds(tokenizer, known);
  }

  /** Returns the tokenizer's ids of those known, rising. */
  List<Integer> ids() {
    return IntStream.range(0, number.length).filter(id -> number[id] >= 0).boxed().toList();
  }

  /** Returns how many there are. */
  int size() {
    return size;
  }

  /** Returns the model's id for one of the tokenizer, -1 if it knows it not. */
  int of(int id) {
    return number[id];
  }

  /** Returns the tokenizer. */
  Tokenizer tokenizer() {
    return tokenizer;
  }

  /** Returns the model's id that ends a text. */
  int endOfText() {
    return of(tokenizer.endOfText());
  }

  /** Returns the model's id of the comma. */
  int comma() {
    return of(tokenizer.comma());
  }
}
