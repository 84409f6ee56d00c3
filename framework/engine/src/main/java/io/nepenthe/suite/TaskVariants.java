package io.nepenthe.suite;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Tasks that differ in a few values, written once. A task with
 *
 * <pre>
 * id: noise-{family}-l{layers}
 * vary:
 *   data.family: [additive, multiplicative]
 *   model.layers: [2, 4]
 * </pre>
 *
 * stands for four, the last value running fastest. The last word of each path names its place in
 * the id.
 */
final class TaskVariants {
  private static final String VARY = "vary";
  private static final int MOST_VARIANTS = 10_000;

  private TaskVariants() {}

  /** Returns the suite with every such task replaced by what it stands for; itself if none is. */
  static JsonNode expand(JsonNode suite) {
    JsonNode tasks = suite.path("tasks");
    boolean varies = false;
    ArrayNode expanded = JsonNodeFactory.instance.arrayNode();
    for (JsonNode task : tasks) {
      varies |= task.has(VARY);
      if (task.has(VARY)) {
        expanded.addAll(variants(task));
      } else {
        expanded.add(task);
      }
    }
    return varies ? ((ObjectNode) suite.deepCopy()).set("tasks", expanded) : suite;
  }

  private static List<ObjectNode> variants(JsonNode task) {
    ObjectNode plain = task.deepCopy();
    JsonNode vary = plain.remove(VARY);
    String id = plain.path("id").asText();
    require(vary.isObject() && !vary.isEmpty(), id, "must list values by path, like model.layers");
    List<Map<String, JsonNode>> choices = List.of(Map.of());
    for (Map.Entry<String, JsonNode> values : vary.properties()) {
      String path = values.getKey();
      require(
          values.getValue().isArray() && !values.getValue().isEmpty(),
          id,
          "must give " + path + " a list of values");
      require(
          id.contains(placeholder(path)), id, "needs " + placeholder(path) + " in the task's id");
      List<Map<String, JsonNode>> longer = new ArrayList<>();
      for (Map<String, JsonNode> choice : choices) {
        for (JsonNode value : values.getValue()) {
          Map<String, JsonNode> next = new LinkedHashMap<>(choice);
          next.put(path, value);
          longer.add(next);
        }
        require(
            longer.size() <= MOST_VARIANTS,
            id,
            "must stand for at most " + MOST_VARIANTS + " tasks");
      }
      choices = longer;
    }
    return choices.stream().map(choice -> variant(plain, choice)).toList();
  }

  private static ObjectNode variant(ObjectNode plain, Map<String, JsonNode> choice) {
    ObjectNode variant = plain.deepCopy();
    String id = plain.path("id").asText();
    for (Map.Entry<String, JsonNode> value : choice.entrySet()) {
      id = id.replace(placeholder(value.getKey()), value.getValue().asText());
      set(variant, value.getKey(), value.getValue());
    }
    return variant.put("id", id);
  }

  private static void set(ObjectNode task, String path, JsonNode value) {
    String[] steps = path.split("\\.", -1);
    ObjectNode place = task;
    for (int i = 0; i < steps.length - 1; i++) {
      require(
          place.path(steps[i]).isObject(),
          task.path("id").asText(),
          "names " + path + ", but the task has no " + steps[i]);
      place = (ObjectNode) place.get(steps[i]);
    }
    place.set(steps[steps.length - 1], value);
  }

  private static String placeholder(String path) {
    return "{" + path.substring(path.lastIndexOf('.') + 1) + "}";
  }

  private static void require(boolean holds, String id, String rule) {
    if (!holds) {
      throw new IllegalArgumentException("vary of task '" + id + "' " + rule);
    }
  }
}
