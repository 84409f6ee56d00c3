package io.nepenthe.extraction;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Groups of rows that are much alike: two belong together if of the different 5-grams of both, more
 * than 0.05 are in both, and so do those that a chain of such pairs connects (DATA.md, section 3).
 */
final class NearDuplicates {
  private static final int GRAM = 5;
  private static final double ALIKE = 0.05;

  private final List<int[]> rows;
  private final int[] parents;

  private NearDuplicates(List<int[]> rows) {
    this.rows = rows;
    this.parents = IntStream.range(0, rows.size()).toArray();
  }

  /** Returns of each row the first row of its group. */
  static int[] groups(List<int[]> rows) {
    NearDuplicates all = new NearDuplicates(rows);
    all.connect();
    return IntStream.range(0, rows.size()).map(all::root).toArray();
  }

  private void connect() {
    int[] members = withoutCopies();
    Postings postings = new Postings(rows, members);
    Map<Integer, Integer> common = new HashMap<>();
    for (int row : members) {
      Set<Gram> grams = grams(rows.get(row));
      for (Gram gram : grams) {
        for (int other : postings.before(row, gram)) {
          common.merge(other, 1, Integer::sum);
        }
      }
      common.forEach(
          (other, count) -> {
            if (mayBeEnough(count, grams.size()) && areAlike(grams, grams(rows.get(other)))) {
              join(row, other);
            }
          });
      common.clear();
    }
  }

  /** Joins rows that are the same, and returns the first of each. */
  private int[] withoutCopies() {
    Map<List<Integer>, Integer> first = new HashMap<>();
    for (int row = 0; row < rows.size(); row++) {
      List<Integer> tokens = Arrays.stream(rows.get(row)).boxed().toList();
      Integer before = first.putIfAbsent(tokens, row);
      if (before != null) {
        join(row, before);
      }
    }
    return first.values().stream().mapToInt(Integer::intValue).sorted().toArray();
  }

  /** Returns false if so many grams in common, or fewer, cannot be enough. */
  private static boolean mayBeEnough(int common, int own) {
    return common > ALIKE * own;
  }

  private static boolean areAlike(Set<Gram> one, Set<Gram> other) {
    long common = one.stream().filter(other::contains).count();
    return common > ALIKE * (one.size() + other.size() - common);
  }

  private int root(int row) {
    int root = row;
    while (parents[root] != root) {
      root = parents[root];
    }
    parents[row] = root;
    return root;
  }

  private void join(int one, int other) {
    int first = Math.min(root(one), root(other));
    int second = Math.max(root(one), root(other));
    parents[second] = first;
  }

  /** Five tokens, or all of a shorter row. */
  private record Gram(List<Integer> tokens) {}

  private static Set<Gram> grams(int[] row) {
    Set<Gram> grams = new HashSet<>();
    int size = Math.min(GRAM, row.length);
    for (int i = 0; i + size <= row.length; i++) {
      grams.add(new Gram(Arrays.stream(row, i, i + size).boxed().toList()));
    }
    return grams;
  }

  /** Which rows hold a gram, by its hash: sorted numbers, each a hash and a row. */
  private static final class Postings {
    private final long[] sorted;

    Postings(List<int[]> rows, int[] members) {
      this.sorted =
          Arrays.stream(members)
              .boxed()
              .flatMapToLong(row -> grams(rows.get(row)).stream().mapToLong(gram -> key(gram, row)))
              .sorted()
              .toArray();
    }

    private static long key(Gram gram, int row) {
      return ((long) gram.hashCode() << Integer.SIZE) | row;
    }

    /** Returns the rows before one that hold a gram, or another of the same hash. */
    int[] before(int row, Gram gram) {
      return Arrays.stream(sorted, place(key(gram, 0)), place(key(gram, row)))
          .mapToInt(posting -> (int) posting)
          .toArray();
    }

    private int place(long key) {
      int found = Arrays.binarySearch(sorted, key);
      return found >= 0 ? found : -found - 1;
    }
  }
}
