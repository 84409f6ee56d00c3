package io.nepenthe.suite;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Map;

/**
 * The largest numbers a suite may ask for, each far beyond what any machine does. They are checked
 * before anything of that size is made.
 */
final class SuiteSizes {
  private static final long DECADE_SECONDS = 315_360_000;

  private static final Map<String, Long> LARGEST =
      Map.ofEntries(
          Map.entry("threads", 256L),
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
          Map.entry("testRows", 100_000_000L),
          Map.entry("repeats", 1_000_000L),
          Map.entry("vocabulary", 10_000_000L));

  /** Seeds, tasks, methods, values of a grid, ... */
  private static final int LONGEST_LIST = 10_000;

  private static final double MOST_TRIALS = 1e6;
  private static final double MOST_PARAMETERS = 1e12;

  /** Rows lie in one array. */
  private static final double MOST_IDS = Integer.MAX_VALUE;

  private SuiteSizes() {}

  /**
   * Returns the suite, if no number or list in it is absurd.
   *
   * @throws IllegalArgumentException which names the place
   */
  static JsonNode checked(JsonNode suite) {
    check(suite, "");
    JsonNode tasks = suite.path("tasks");
    for (int i = 0; i < tasks.size(); i++) {
      String place = "tasks[" + i + "]";
      checkModel(tasks.get(i), place + ".model");
      checkRows(tasks.get(i).path("data"), place + ".data");
    }
    checkTrials(suite);
    return suite;
  }

  private static void checkModel(JsonNode task, String place) {
    JsonNode model = task.path("model");
    double width = model.path("width").asDouble();
    double layers = model.path("layers").asDouble();
    double ids = task.path("data").path("vocabulary").asDouble();
    require(width * (12 * layers * width + ids), MOST_PARAMETERS, place + " has", "weights");
  }

  private static void checkRows(JsonNode data, String place) {
    JsonNode artifact = data.path("artifact");
    double length = data.path("length").asDouble();
    double rows =
        data.path("primaryRows").asDouble()
            + data.path("auxiliary").size() * data.path("auxiliaryRows").asDouble();
    require(rows * length, MOST_IDS, place + " has", "ids");
    double copies = 0;
    for (JsonNode times : artifact.path("repeats")) {
      copies +=
          times.asDouble() * artifact.path("rows").asDouble() / artifact.path("repeats").size();
    }
    require(copies, LARGEST.get("trainRows"), place + ".artifact has", "rows with their copies");
  }

  /** Of each method, every combination of the values of its grid, once per task and seed. */
  private static void checkTrials(JsonNode suite) {
    double trials = 0;
    for (JsonNode method : suite.path("methods")) {
      double points = 1;
      for (JsonNode values : method.path("grid")) {
        points *= Math.max(1, values.size());
      }
      trials += points;
    }
    double places = (double) suite.path("tasks").size() * suite.path("seeds").size();
    require(trials * places, MOST_TRIALS, "the suite has", "trials");
  }

  private static void require(double value, double most, String what, String unit) {
    if (value > most) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "%s %.3g %s, must be at most %.3g", what, value, unit, most));
    }
  }

  private static void check(JsonNode node, String place) {
    if (node.isArray()) {
      require(node.size() <= LONGEST_LIST, place, node.size() + " values", LONGEST_LIST);
      for (int i = 0; i < node.size(); i++) {
        checkNumber(
            node.get(i), place.substring(place.lastIndexOf('.') + 1), place + "[" + i + "]");
        check(node.get(i), place + "[" + i + "]");
      }
    }
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      String inner = (place.isEmpty() ? "" : place + ".") + field.getKey();
      checkNumber(field.getValue(), field.getKey(), inner);
      check(field.getValue(), inner);
    }
  }

  private static void checkNumber(JsonNode number, String name, String place) {
    Long largest = LARGEST.get(name);
    if (largest != null && number.isNumber()) {
      double value = number.doubleValue();
      require(value <= largest || Double.isNaN(value), place, number.asText(), largest);
    }
  }

  private static void require(boolean holds, String place, String value, long most) {
    if (!holds) {
      throw new IllegalArgumentException(place + " is " + value + ", must be at most " + most);
    }
  }
}
