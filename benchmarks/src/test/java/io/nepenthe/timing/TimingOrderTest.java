package io.nepenthe.timing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class TimingOrderTest {
  @Test
  void everyRoundBeginsWithAnotherWinner() {
    assertEquals(
        new TimingOrder(List.of(0, 1, 2), List.of(1, 2, 0, 2, 0, 1, 0, 1, 2)),
        TimingOrder.rounds(3, 1, 3));
  }

  @Test
  void noneIsTheFirstMoreOftenThanAnother() {
    List<Integer> measured = TimingOrder.rounds(3, 1, 9).measured();
    for (int place = 0; place < 3; place++) {
      int[] often = new int[3];
      for (int round = 0; round < 9; round++) {
        often[measured.get(3 * round + place)]++;
      }
      assertEquals(List.of(3, 3, 3), List.of(often[0], often[1], often[2]));
    }
  }

  @Test
  void whatIsInDoubtIsRepeatedTwice() {
    assertEquals(new TimingOrder(List.of(), List.of(0, 2, 0, 2)), TimingOrder.twice(List.of(0, 2)));
  }
}
