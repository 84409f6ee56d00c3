package io.nepenthe.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import io.nepenthe.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Checks what was really written against the schemas in {@code docs/schemas}. */
public final class PublishedSchemas {
  private PublishedSchemas() {}

  /** Checks the files of a run's folder, of which there must be some of each kind. */
  public static void assertRunIsValid(Path folder) throws IOException {
    for (String name : Set.of("plan", "energy", "summary", "selection")) {
      assertIsValid(name, Json.mapper().readTree(folder.resolve(name + ".json").toFile()));
    }
    assertAreValid("original", folder.resolve("originals"));
    assertAreValid("timing", folder.resolve("timing"));
  }

  /** Checks all files of a folder, of which there must be some. */
  public static void assertAreValid(String schema, Path folder) throws IOException {
    Set<Path> files;
    try (Stream<Path> all = Files.list(folder)) {
      files = all.filter(file -> file.toString().endsWith(".json")).collect(Collectors.toSet());
    }
    assertTrue(!files.isEmpty(), folder + " has no file to check");
    for (Path file : files) {
      assertIsValid(schema, Json.mapper().readTree(file.toFile()));
    }
  }

  /** Checks a document against a schema. */
  public static void assertIsValid(String schema, JsonNode document) throws IOException {
    assertEquals(Set.of(), mistakes(schema, document), schema);
  }

  /** Returns where a document breaks a schema. */
  static Set<ValidationMessage> mistakes(String schema, JsonNode document) throws IOException {
    Path published = SourceTree.ROOT.resolve("docs/schemas/" + schema + ".schema.json");
    return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
        .getSchema(Files.readString(published))
        .validate(document);
  }
}
