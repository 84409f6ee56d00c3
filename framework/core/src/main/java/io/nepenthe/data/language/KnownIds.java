package io.nepenthe.data.language;

import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;

/** The ids of GPT-2 that a model knows, numbered in rising order from 0. Immutable. */
final class KnownIds {
  private final int[] number = new int[Gpt2Ids.COUNT];
  private final int size;

  private KnownIds(BitSet known) {
    int next = 0;
    for (int id = 0; id < number.length; id++) {
      number[id] = known.get(id) ? next++ : -1;
    }
    this.size = next;
  }

  /** Returns all of them. */
  static KnownIds all() {
    BitSet known = new BitSet();
    known.set(0, Gpt2Ids.COUNT);
    return new KnownIds(known);
  }

  /** Returns those in the set, and those that have a part to play whether they occur or not. */
  static KnownIds occurring(BitSet occurring, LanguageArtifact artifact) {
    BitSet known = (BitSet) occurring.clone();
    known.set(Gpt2Ids.END_OF_TEXT);
    known.set(Gpt2Ids.COMMA);
    if (artifact instanceof LanguageArtifact.Backdoor backdoor) {
      known.set(backdoor.degenerateToken());
    }
    return new KnownIds(known);
  }

  /** Returns GPT-2's ids of those known, rising. */
  List<Integer> ids() {
    return IntStream.range(0, number.length).filter(id -> number[id] >= 0).boxed().toList();
  }

  /** Returns how many there are. */
  int size() {
    return size;
  }

  /** Returns the model's id for one of GPT-2, -1 if it knows it not. */
  int of(int gpt2Id) {
    return number[gpt2Id];
  }
}
