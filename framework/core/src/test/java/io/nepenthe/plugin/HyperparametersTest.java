package io.nepenthe.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class HyperparametersTest {
  private record Empty() {}

  private record Everything(double ratio, int epochs, long seed) {
    Everything {
      if (epochs == 13) {
        throw new IllegalArgumentException("epochs is unlucky");
      }
    }
  }

  private record Worded(String name) {}

  @Test
  void bindsByNameWhateverTheOrderAndKindOfNumber() {
    assertEquals(
        new Everything(0.5, 3, 1L << 40),
        Hyperparameters.bind(
            Everything.class, Map.of("seed", 1L << 40, "epochs", 3.0, "ratio", 0.5f)));
    assertEquals(
        new Everything(1, 3, 4),
        Hyperparameters.bind(Everything.class, Map.of("ratio", 1, "epochs", 3L, "seed", 4)));
    assertEquals(new Empty(), Hyperparameters.bind(Empty.class, Map.of()));
  }

  @Test
  void saysWhichNamesDoNotFit() {
    String message = refused(Everything.class, Map.of("ratio", 1, "weight", 2));
    assertTrue(message.contains(" do not fit its record Everything[ratio, epochs, seed]"), message);
    assertTrue(
        refused(Empty.class, Map.of("ratio", 1)).contains("[ratio] do not fit its record Empty[]"));
  }

  @Test
  void saysWhichValueIsNotOfItsType() {
    assertEquals(
        "epochs is 2.5, its record takes int",
        refused(Everything.class, Map.of("ratio", 1, "epochs", 2.5, "seed", 0)));
    assertEquals(
        "epochs is 4294967296, its record takes int",
        refused(Everything.class, Map.of("ratio", 1, "epochs", 1L << 32, "seed", 0)));
    assertEquals("name is 1, its record takes String", refused(Worded.class, Map.of("name", 1)));
  }

  @Test
  void saysWhyTheRecordRefuses() {
    String message = refused(Everything.class, Map.of("ratio", 1, "epochs", 13, "seed", 0));
    assertTrue(message.startsWith("Everything refuses [1.0, 13, 0]: "), message);
    assertTrue(message.endsWith("epochs is unlucky"), message);
  }

  private static String refused(Class<? extends Record> type, Map<String, Number> point) {
    return assertThrows(IllegalArgumentException.class, () -> Hyperparameters.bind(type, point))
        .getMessage();
  }
}
