package io.nepenthe.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class BlockedNgramsTest {
  private static BlockedNgrams of(int[]... ngrams) {
    return BlockedNgrams.of(Sequences.of(ngrams[0].length, List.of(ngrams)));
  }

  @Test
  void namesWhatWouldCompleteAnNgramOfTheTokensBefore() {
    BlockedNgrams blocked = of(new int[] {1, 2, 9}, new int[] {1, 2, 4}, new int[] {2, 2, 5});
    int[] tokens = {7, 1, 2, 2, 0};
    assertArrayEquals(new int[] {4, 9}, blocked.after(tokens, 3));
    assertArrayEquals(new int[] {5}, blocked.after(tokens, 4));
    assertArrayEquals(new int[0], blocked.after(tokens, 5));
    assertArrayEquals(new int[0], blocked.after(new int[] {2, 1}, 1), "too few come before");
  }

  @Test
  void aSingleTokenIsBlockedEverywhere() {
    BlockedNgrams blocked = of(new int[] {3});
    assertArrayEquals(new int[] {3}, blocked.after(new int[] {8, 3}, 0));
    assertArrayEquals(new int[] {3}, blocked.after(new int[] {8, 3}, 2));
  }

  @Test
  void isASet() {
    BlockedNgrams blocked = of(new int[] {1, 2}, new int[] {0, 7}, new int[] {1, 2});
    assertEquals(2, blocked.size());
    assertEquals(of(new int[] {0, 7}, new int[] {1, 2}), blocked);
    assertEquals("2 n-grams of 2 tokens", blocked.toString());
  }

  @Test
  void theHashOfWhatIsInUseIsThatOfTheWeightsWhereNothingIsBlocked() {
    assertEquals("abc", BlockedNgrams.NONE.hashWith("abc"));
    String blocked = of(new int[] {1, 2}).hashWith("abc");
    assertNotEquals("abc", blocked);
    assertNotEquals(blocked, of(new int[] {1, 3}).hashWith("abc"));
    assertNotEquals(blocked, of(new int[] {1, 2}).hashWith("abd"));
  }

  @Test
  void noRowsBlockNothingAndNegativeTokensAreRefused() {
    assertSame(BlockedNgrams.NONE, BlockedNgrams.of(Sequences.empty(4)));
    assertTrue(BlockedNgrams.NONE.isEmpty());
    assertArrayEquals(new int[0], BlockedNgrams.NONE.after(new int[] {1}, 1));
    assertThrows(IllegalArgumentException.class, () -> of(new int[] {1, -2}));
  }
}
