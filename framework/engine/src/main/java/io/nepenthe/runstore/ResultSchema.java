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

  private ResultSchema() {}

  /** Returns the first mistake in a file's JSON, empty if there is none. */
  static Optional<String> mistake(JsonNode json) {
    String version = json.path("schema").asText();
    JsonSchema schema = VERSIONS.get(version);
    return schema == null
        ? Optional.of("its schema is '" + version + "', which is unknown")
        : schema.validate(json).stream().findFirst().map(ValidationMessage::getMessage);
  }

  private static JsonSchema schema(String resource) {
    try (InputStream in = ResultSchema.class.getResourceAsStream(resource)) {
      return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
