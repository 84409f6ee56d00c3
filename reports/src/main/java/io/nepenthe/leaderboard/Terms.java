package io.nepenthe.leaderboard;

import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a board asks for before it gives a place.
 *
 * @param known ids that belong to certain jars
 * @param seeds that an entry must have on every task; null for those that most methods have
 * @param firstOriginal true if of each seed the original model of the first submission counts,
 *     false if that of most methods does
 */
public record Terms(KnownJars known, @Nullable Set<Long> seeds, boolean firstOriginal) {
  /** Copies the set, sorted. */
  public Terms {
    seeds = seeds == null ? null : new TreeSet<>(seeds);
  }

  /** Returns the terms of a board of folders that one reader has put together. */
  public static Terms ofFolders(KnownJars known) {
    return new Terms(known, null, false);
  }
}
