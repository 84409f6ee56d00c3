package io.nepenthe.runstore;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import io.nepenthe.energy.EnergyUse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The published JSON Schemas of results, by the version that a file says it has. */
final class ResultSchema {
  private static final Map<String, JsonSchema> VERSIONS =
      Map.of(
          "nepenthe-trial/1",
          schema("trial-1.schema.json"),
          "nepenthe-trial/2",
          schema("trial-2.schema.json"),
          TrialResult.SCHEMA,
          schema("trial-3.schema.json"),
          RunFile.SCHEMA,
          schema("run-3.schema.json"));

  /** What this program writes; it reads every earlier version too. */
  private static final List<String> NEWEST =
      List.of(
          TrialResult.SCHEMA,
          OriginalResult.SCHEMA,
          TimingResult.SCHEMA,
          RunFile.SCHEMA,
          PlannedTrials.SCHEMA,
          EnergyUse.SCHEMA);

  private ResultSchema() {}

  /** Returns this program's version where a file's JSON says that it is of a later one. */
  static Optional<String> ownInsteadOfNewer(JsonNode json) {
    String schema = json.path("schema").asText();
    int slash = schema.lastIndexOf('/') + 1;
    return NEWEST.stream()
        .filter(known -> slash > 0 && known.startsWith(schema.substring(0, slash)))
        .filter(known -> number(schema.substring(slash)) > number(known.substring(slash)))
        .findFirst();
  }

  private static double number(String version) {
    try {
      return Double.parseDouble(version);
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }

  /** Returns whether a file's JSON is of a version that is published. */
  static boolean isKnown(JsonNode json) {
    return VERSIONS.containsKey(json.path("schema").asText());
  }

  /** Returns the first mistake in JSON of a known version, empty if there is none. */
  static Optional<String> mistake(JsonNode json) {
    return VERSIONS.get(json.path("schema").asText()).validate(json).stream()
        .findFirst()
        .map(ValidationMessage::getMessage);
  }

  private static JsonSchema schema(String resource) {
    try (InputStream in = ResultSchema.class.getResourceAsStream(resource)) {
      return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
