package io.nepenthe.runstore;

import com.fasterxml.jackson.databind.JsonNode;
import io.nepenthe.json.Json;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The plan of a run that does not hold its definition.
 *
 * @param schema "nepenthe-plan/2"; the first version said none
 * @param trials ids of its trials
 */
record OldPlan(@Nullable String schema, Set<String> trials) {
  OldPlan {
    trials = Set.copyOf(trials);
  }

  static OldPlan read(JsonNode json) throws IOException {
    JsonNode schema = json.path("schema");
    if (schema.asText().equals(PlannedTrials.SCHEMA)) {
      return new OldPlan(PlannedTrials.SCHEMA, Set.of());
    }
    if (!schema.isMissingNode() && !schema.isNull() && !schema.asText().equals("nepenthe-plan/2")) {
      throw ResultContent.unknownSchema(json);
    }
    return Json.mapper().treeToValue(SealedJson.opened(json), OldPlan.class);
  }

  /** Returns the ids, empty if a later plan lies there. */
  Optional<Set<String>> ids() {
    return PlannedTrials.SCHEMA.equals(schema) ? Optional.empty() : Optional.of(trials);
  }
}
