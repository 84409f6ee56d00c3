package io.nepenthe.task;

import io.nepenthe.protocol.Quirk;
import io.nepenthe.protocol.RandomStreams;
import java.util.Set;

/** In which order rows are dealt into those trained on and those held out (quirk K14). */
public record Splits(Set<Quirk> quirks, long seed) {
  private static final long FIXED_SEED = 598;

  /** Copies the set. */
  public Splits {
    quirks = Set.copyOf(quirks);
  }

  /** Returns 0 .. size-1 in the random order of the named split; the last ones are held out. */
  public int[] order(int size, String name) {
    long source = quirks.contains(Quirk.FIXED_SPLIT) ? FIXED_SEED : seed;
    return RandomStreams.permutation(size, new RandomStreams(source).stream("split/" + name));
  }
}
