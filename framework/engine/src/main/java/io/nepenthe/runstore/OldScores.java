package io.nepenthe.runstore;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads what older programs stored of trials and original models: until the second version of both
 * schemas, each score was a field of its own. Values are unchanged; metrics that were not known
 * then have none.
 */
final class OldScores {
  private static final Map<String, String> CURRENT =
      Map.of(
          "nepenthe-trial/1", TrialResult.SCHEMA,
          "nepenthe-trial/2", TrialResult.SCHEMA,
          "nepenthe-original/1", OriginalResult.SCHEMA,
          "nepenthe-original/2", OriginalResult.SCHEMA);

  private static final Set<String> PLACES =
      Set.of("before", "after", "scores", "validation", "holdout");

  private static final List<String> OF_MEMORIZATION =
      List.of("memorizedPercent", "extractionStrength", "exactMemorization");

  private static final List<String> OF_TESTS =
      List.of("accuracyPercent", "predictableAccuracyPercent", "perplexity", "referencePerplexity");

  private OldScores() {}

  /** Returns a result's content as the current schema has it; every other content as it is. */
  static ObjectNode asNow(ObjectNode content) {
    String current = CURRENT.get(content.path("schema").asText());
    if (current == null) {
      return content;
    }
    ObjectNode changed = content.deepCopy();
    changed.put("schema", current);
    regroup(changed);
    return changed;
  }

  private static void regroup(JsonNode node) {
    if (node.isObject()) {
      for (Map.Entry<String, JsonNode> field : node.properties()) {
        if (PLACES.contains(field.getKey()) && field.getValue().has("memorization")) {
          field.setValue(regrouped((ObjectNode) field.getValue()));
        } else {
          regroup(field.getValue());
        }
      }
    } else {
      node.forEach(OldScores::regroup);
    }
  }

  private static ObjectNode regrouped(ObjectNode old) {
    ObjectNode metrics = old.objectNode();
    ObjectNode memorization = (ObjectNode) old.get("memorization");
    ObjectNode counts = memorization.deepCopy();
    counts.remove(OF_MEMORIZATION);
    OF_MEMORIZATION.forEach(id -> move(memorization, id, metrics));
    OF_TESTS.forEach(id -> move(old, id, metrics));
    ObjectNode scores = old.objectNode();
    scores.set("metrics", metrics);
    scores.set("memorization", counts);
    scores.set("accuracyPercentByTest", old.path("accuracyPercentByTest"));
    return scores;
  }

  private static void move(ObjectNode from, String id, ObjectNode metrics) {
    if (from.hasNonNull(id)) {
      metrics.set(id, from.get(id));
    }
  }
}
