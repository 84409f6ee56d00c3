package io.nepenthe.runstore;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;

/** The published JSON Schemas of a trial's file, by the version it says it has. */
final class TrialSchema {
  private static final Map<String, JsonSchema> VERSIONS =
      Map.of(
          "nepenthe-trial/1",
          schema("trial-1.schema.json"),
          "nepenthe-trial/2",
          schema("trial-2.schema.json"),
          TrialResult.SCHEMA,
          schema("trial-3.schema.json"));

  private TrialSchema() {}

  /** Returns what is wrong with the JSON of a value of a type; only trials have a schema. */
  static Optional<String> mistake(Class<?> type, JsonNode json) {
    return type == TrialResult.class ? mistake(json) : Optional.empty();
  }

  /** Returns the first mistake in a trial's JSON, empty if there is none. */
  static Optional<String> mistake(JsonNode trial) {
    String version = trial.path("schema").asText();
    JsonSchema schema = VERSIONS.get(version);
    return schema == null
        ? Optional.of("its schema is '" + version + "', which is unknown")
        : schema.validate(trial).stream().findFirst().map(ValidationMessage::getMessage);
  }

  private static JsonSchema schema(String resource) {
    try (InputStream in = TrialSchema.class.getResourceAsStream(resource)) {
      return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
