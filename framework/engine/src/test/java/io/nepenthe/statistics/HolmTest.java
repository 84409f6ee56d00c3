package io.nepenthe.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class HolmTest {
  @Test
  void multipliesStepByStepAndNeverFalls() {
    // rising 0.005, 0.01, 0.03, 0.04: times 4, 3, 2, 1 = 0.02, 0.03, 0.06, 0.04 -> 0.06
    List<Double> adjusted = Holm.adjust(List.of(0.01, 0.04, 0.03, 0.005));
    List<Double> expected = List.of(0.03, 0.06, 0.06, 0.02);
    for (int i = 0; i < 4; i++) {
      assertEquals(expected.get(i), adjusted.get(i), 1e-15);
    }
  }

  @Test
  void isNeverAboveOne() {
    assertEquals(List.of(1.0, 1.0), Holm.adjust(List.of(0.8, 0.6)));
  }

  @Test
  void leavesASingleTestAndNoTestAsTheyAre() {
    assertEquals(List.of(0.2), Holm.adjust(List.of(0.2)));
    assertEquals(List.of(), Holm.adjust(List.of()));
  }

  @Test
  void refusesWhatIsNoProbability() {
    assertThrows(IllegalArgumentException.class, () -> Holm.adjust(List.of(0.5, Double.NaN)));
    assertThrows(IllegalArgumentException.class, () -> Holm.adjust(List.of(1.1)));
  }
}
