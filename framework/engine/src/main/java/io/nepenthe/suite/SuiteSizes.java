package io.nepenthe.suite;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/**
 * The largest numbers a suite may ask for, each far beyond what any machine does. They are checked
 * before anything of that size is made.
 */
final class SuiteSizes {
  private static final long DECADE_SECONDS = 315_360_000;

  private static final Map<String, Long> LARGEST =
      Map.ofEntries(
          Map.entry("threads", 1024L),
          Map.entry("timingForks", 1000L),
          Map.entry("budgetSeconds", DECADE_SECONDS),
          Map.entry("layers", 1000L),
          Map.entry("width", 100_000L),
          Map.entry("heads", 10_000L),
          Map.entry("passes", 100_000_000L),
          Map.entry("mitigateAfter", 100_000_000L),
          Map.entry("batchSize", 1_000_000L),
          Map.entry("length", 1_000_000L),
          Map.entry("prompt", 1_000_000L),
          Map.entry("compare", 1_000_000L),
          Map.entry("numbers", 1_000_000L),
          Map.entry("rows", 100_000_000L),
          Map.entry("primaryRows", 100_000_000L),
          Map.entry("auxiliaryRows", 100_000_000L),
          Map.entry("trainRows", 100_000_000L),
          Map.entry("testRows", 100_000_000L));

  /** Seeds, tasks, methods, values of a grid, ... */
  private static final int LONGEST_LIST = 10_000;

  private SuiteSizes() {}

  /**
   * Returns the suite, if no number or list in it is absurd.
   *
   * @throws IllegalArgumentException which names the place
   */
  static JsonNode checked(JsonNode suite) {
    check(suite, "");
    return suite;
  }

  private static void check(JsonNode node, String place) {
    if (node.isArray()) {
      require(node.size() <= LONGEST_LIST, place, node.size() + " values", LONGEST_LIST);
      for (int i = 0; i < node.size(); i++) {
        check(node.get(i), place + "[" + i + "]");
      }
    }
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      String inner = (place.isEmpty() ? "" : place + ".") + field.getKey();
      Long largest = LARGEST.get(field.getKey());
      if (largest != null && field.getValue().isNumber()) {
        double value = field.getValue().doubleValue();
        require(value <= largest || Double.isNaN(value), inner, field.getValue().asText(), largest);
      }
      check(field.getValue(), inner);
    }
  }

  private static void require(boolean holds, String place, String value, long most) {
    if (!holds) {
      throw new IllegalArgumentException(place + " is " + value + ", must be at most " + most);
    }
  }
}
