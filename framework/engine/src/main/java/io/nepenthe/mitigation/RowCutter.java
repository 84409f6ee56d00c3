package io.nepenthe.mitigation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Cuts passages to rows of one length, one stretch after the other; of one that says where its
 * prompt ends, its beginning. What is too short, or was there before, is left out and counted.
 */
final class RowCutter {
  private final int length;
  private final Set<List<Integer>> taken;
  private final Set<List<Integer>> seen;
  private final List<int[]> rows = new ArrayList<>();
  private int tooShort;
  private int repeated;
  private int ofOthers;
  private int longest;

  /**
   * Makes one.
   *
   * @param taken rows of other cutters, which are not to be cut again
   */
  RowCutter(int length, Set<List<Integer>> taken) {
    this.length = length;
    this.taken = Set.copyOf(taken);
    this.seen = new HashSet<>(taken);
  }

  void add(Passage passage) {
    int[] ids = passage.ids();
    longest = Math.max(longest, ids.length);
    if (ids.length < length) {
      tooShort++;
      return;
    }
    int last = passage.prompt().isPresent() ? 0 : ids.length - length;
    for (int from = 0; from <= last; from += length) {
      int[] row = Arrays.copyOfRange(ids, from, from + length);
      List<Integer> key = key(row);
      if (seen.add(key)) {
        rows.add(row);
      } else if (taken.contains(key)) {
        ofOthers++;
      } else {
        repeated++;
      }
    }
  }

  private static List<Integer> key(int... row) {
    return Arrays.stream(row).boxed().toList();
  }

  List<int[]> rows() {
    return List.copyOf(rows);
  }

  /** Returns how many rows there are. */
  int count() {
    return rows.size();
  }

  /** Returns its rows and those it was not to cut. */
  Set<List<Integer>> seen() {
    return Set.copyOf(seen);
  }

  int tooShort() {
    return tooShort;
  }

  int repeated() {
    return repeated;
  }

  /** Returns how many rows were left out because they are those of other cutters. */
  int ofOthers() {
    return ofOthers;
  }

  /** Returns the tokens of the longest passage. */
  int longest() {
    return longest;
  }
}
