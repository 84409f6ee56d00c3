package io.nepenthe.extraction;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.nepenthe.protocol.RandomStreams;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class NearDuplicatesTest {
  private final RandomGenerator random = new RandomStreams(8).stream("test");

  @Test
  void groupsAreTheConnectedPartsOfTheGraphOfAllPairs() {
    List<int[]> rows = new ArrayList<>();
    for (int r = 0; r < 120; r++) {
      int[] row = random.ints(30, 0, 1000).toArray();
      if (r > 10 && random.nextInt(3) > 0) { // a piece of another, of a length around the limit
        int[] other = rows.get(random.nextInt(r));
        int length = 4 + random.nextInt(6);
        int from = random.nextInt(30 - length);
        System.arraycopy(other, from, row, random.nextInt(30 - length), length);
      }
      rows.add(row);
    }
    rows.add(rows.get(7).clone());
    int[] groups = NearDuplicates.groups(rows);
    int[] expected = byAllPairs(rows);
    assertArrayEquals(expected, groups);
    long count = Arrays.stream(groups).distinct().count();
    assertEquals(true, count > 20 && count < 100, "pairs on either side of the limit: " + count);
  }

  private static int[] byAllPairs(List<int[]> rows) {
    int[] group = new int[rows.size()];
    Arrays.setAll(group, row -> row);
    boolean changed = true;
    while (changed) {
      changed = false;
      for (int i = 0; i < group.length; i++) {
        for (int j = 0; j < i; j++) {
          if (group[i] != group[j] && jaccard(rows.get(i), rows.get(j)) > 0.05) {
            group[i] = Math.min(group[i], group[j]);
            group[j] = group[i];
            changed = true;
          }
        }
      }
    }
    return group;
  }

  private static double jaccard(int[] one, int[] other) {
    Set<String> own = grams(one);
    Set<String> common = new HashSet<>(own);
    common.retainAll(grams(other));
    own.addAll(grams(other));
    return (double) common.size() / own.size();
  }

  private static Set<String> grams(int[] row) {
    Set<String> grams = new HashSet<>();
    for (int i = 0; i + 5 <= row.length; i++) {
      grams.add(Arrays.toString(Arrays.copyOfRange(row, i, i + 5)));
    }
    return grams;
  }

  @Test
  void rowsShorterThanAGramAreAlikeIfTheyAreTheSame() {
    List<int[]> rows = List.of(new int[] {1, 2}, new int[] {1, 3}, new int[] {1, 2});
    assertArrayEquals(new int[] {0, 1, 0}, NearDuplicates.groups(rows));
  }
}
