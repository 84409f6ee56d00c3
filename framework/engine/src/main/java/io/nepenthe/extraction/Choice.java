package io.nepenthe.extraction;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which finds are written: of those that are much alike the one that is written with the fewest
 * mistakes, the first of several.
 */
final class Choice {
  private final int[] groups;
  private final List<List<Integer>> rows;
  private final List<Boolean> areExact;
  private final Map<List<Integer>, Integer> copies = new HashMap<>();
  private final Map<Integer, Integer> sizes = new HashMap<>();
  private final Map<Integer, Integer> best = new HashMap<>();
  private final boolean keepsAll;

  private Choice(
      List<List<Integer>> rows,
      List<Double> similarities,
      List<Boolean> areExact,
      boolean keepsAll) {
    this.rows = rows;
    this.areExact = areExact;
    this.keepsAll = keepsAll;
    this.groups =
        NearDuplicates.groups(
            rows.stream().map(row -> row.stream().mapToInt(Integer::intValue).toArray()).toList());
    for (int row = 0; row < groups.length; row++) {
      copies.merge(rows.get(row), 1, Integer::sum);
      sizes.merge(groups[row], 1, Integer::sum);
      Integer before = best.get(groups[row]);
      if (before == null || similarities.get(row) > similarities.get(before)) {
        best.put(groups[row], row);
      }
    }
  }

  static Choice of(FindsFile finds, boolean keepsAll) throws IOException {
    List<List<Integer>> rows = new ArrayList<>();
    List<Double> similarities = new ArrayList<>();
    List<Boolean> areExact = new ArrayList<>();
    finds.forEach(
        found -> {
          rows.add(found.ids());
          similarities.add(found.similarity());
          areExact.add(found.isExact());
        });
    return new Choice(rows, similarities, areExact, keepsAll);
  }

  boolean isKept(int row) {
    return keepsAll || best.get(groups[row]) == row;
  }

  /** Returns how many finds are the same as one, itself included. */
  int copies(int row) {
    return copies.get(rows.get(row));
  }

  /** Returns how many others of its group there are. */
  int alike(int row) {
    return sizes.get(groups[row]) - 1;
  }

  int exact() {
    return kept(true);
  }

  int near() {
    return kept(false);
  }

  private int kept(boolean exact) {
    int count = 0;
    for (int row = 0; row < groups.length; row++) {
      count += isKept(row) && areExact.get(row) == exact ? 1 : 0;
    }
    return count;
  }

  int leftOut() {
    return groups.length - exact() - near();
  }
}
