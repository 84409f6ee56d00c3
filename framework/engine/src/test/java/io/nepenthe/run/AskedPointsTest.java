package io.nepenthe.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.nepenthe.worker.BadAnswerException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AskedPointsTest {
  private static final Map<String, Number> WEAK = Map.of("strength", 0.1);
  private static final Map<String, Number> STRONG = Map.of("strength", 0.9);

  private final AskedPoints asked = new AskedPoints(List.of(WEAK, STRONG));

  @Test
  void whatIsNotAnsweredIsOpen() {
    assertEquals(STRONG, asked.answered(1));
    assertEquals(List.of(WEAK), asked.open());
    asked.answered(0);
    assertEquals(List.of(), asked.open());
  }

  @Test
  void thereIsNoAnswerToWhatWasNotAsked() {
    for (int point : new int[] {-1, 2, 999}) {
      assertThrows(BadAnswerException.class, () -> asked.answered(point));
    }
  }

  @Test
  void eachPointIsAnsweredOnce() {
    asked.answered(0);
    BadAnswerException twice = assertThrows(BadAnswerException.class, () -> asked.answered(0));
    assertEquals("the worker answered twice for {strength=0.1}", twice.getMessage());
  }
}
