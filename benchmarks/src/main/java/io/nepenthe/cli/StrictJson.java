package io.nepenthe.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nepenthe.json.Json;
import io.nepenthe.wording.Words;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * JSON in which each number is one. NaN and infinity become null; a field beside them, of the same
 * name and "NotFinite", says what they were.
 */
final class StrictJson {
  private static final String REASON = "NotFinite";

  private StrictJson() {}

  static String pretty(Object value) {
    JsonNode tree = Json.mapper().valueToTree(value);
    return escaped(Json.pretty(isNotFinite(tree) ? NullNode.getInstance() : strict(tree)));
  }

  /** What would command a terminal stands in strings only, and says the same when it is escaped. */
  private static String escaped(String json) {
    StringBuilder escaped = new StringBuilder(json.length());
    for (int i = 0; i < json.length(); i++) {
      char c = json.charAt(i);
      if (Words.isPrintable(c)) {
        escaped.append(c);
      } else {
        escaped.append(String.format("\\u%04x", (int) c));
      }
    }
    return escaped.toString();
  }

  private static JsonNode strict(JsonNode node) {
    if (node instanceof ArrayNode list) {
      for (int i = 0; i < list.size(); i++) {
        list.set(i, isNotFinite(list.get(i)) ? NullNode.getInstance() : strict(list.get(i)));
      }
    } else if (node instanceof ObjectNode object) {
      Map<String, String> reasons = new LinkedHashMap<>();
      for (Map.Entry<String, JsonNode> field : new ArrayList<>(object.properties())) {
        String reason = reason(field.getValue());
        if (!reason.isEmpty()) {
          reasons.put(field.getKey() + REASON, reason);
        }
        object.set(
            field.getKey(),
            isNotFinite(field.getValue()) ? NullNode.getInstance() : strict(field.getValue()));
      }
      reasons.forEach(object::put);
    }
    return node;
  }

  private static String reason(JsonNode value) {
    if (isNotFinite(value)) {
      return value.asText();
    }
    List<String> reasons = new ArrayList<>();
    for (int i = 0; value.isArray() && i < value.size(); i++) {
      if (isNotFinite(value.get(i))) {
        reasons.add("[" + i + "] " + value.get(i).asText());
      }
    }
    return String.join(", ", reasons);
  }

  private static boolean isNotFinite(JsonNode node) {
    return node.isFloatingPointNumber() && !Double.isFinite(node.doubleValue());
  }
}
