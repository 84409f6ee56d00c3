package io.nepenthe.golden;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nepenthe.json.Json;
import io.nepenthe.protocol.ProtocolVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The golden numbers of the current protocol version, one file for each version; those of earlier
 * versions stay beside it. Words and whole numbers must be equal; other numbers depend on how a
 * processor rounds, and may differ a little.
 *
 * <p>With {@code -Dnepenthe.golden.rewrite=true} numbers are stored, not compared: for a new
 * protocol version, never for an old one.
 */
final class Golden {
  private static final double TOLERANCE = 1e-3;
  private static final Path FILE =
      Path.of("src/test/resources/golden/protocol-" + ProtocolVersion.CURRENT + ".json");

  private Golden() {}

  /** Compares with what is stored under a path such as {@code data/math-noise}. */
  static void check(String path, JsonNode actual) {
    try {
      if (Boolean.getBoolean("nepenthe.golden.rewrite")) {
        store(path, actual);
      } else {
        assertMatches(path, read().at("/" + path), actual);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("golden numbers in " + FILE, e);
    }
  }

  /** Returns whether something is stored under a path, or will be. */
  static boolean isCheckedOrStored(String path) {
    int last = path.lastIndexOf('/');
    return Boolean.getBoolean("nepenthe.golden.rewrite")
        || names(path.substring(0, last)).contains(path.substring(last + 1));
  }

  /** Returns the names that are stored under a path. */
  static Set<String> names(String path) {
    Set<String> names = new TreeSet<>();
    try {
      read().at("/" + path).fieldNames().forEachRemaining(names::add);
    } catch (IOException e) {
      throw new UncheckedIOException("golden numbers in " + FILE, e);
    }
    return names;
  }

  private static JsonNode read() throws IOException {
    return Json.mapper().readTree(FILE.toFile());
  }

  private static void store(String path, JsonNode actual) throws IOException {
    ObjectNode all = Files.exists(FILE) ? (ObjectNode) read() : Json.mapper().createObjectNode();
    ObjectNode place = all;
    String[] names = path.split("/", -1);
    for (int i = 0; i < names.length - 1; i++) {
      place = place.withObject("/" + names[i]);
    }
    place.set(names[names.length - 1], actual);
    Files.writeString(FILE, Json.pretty(all));
  }

  private static void assertMatches(String path, JsonNode expected, JsonNode actual) {
    if (actual.isContainerNode()) {
      assertEquals(expected.size(), actual.size(), path);
      for (Map.Entry<String, JsonNode> each : actual.properties()) {
        assertMatches(path + "/" + each.getKey(), expected.path(each.getKey()), each.getValue());
      }
      for (int i = 0; actual.isArray() && i < actual.size(); i++) {
        assertMatches(path + "/" + i, expected.path(i), actual.path(i));
      }
    } else if (actual.isFloatingPointNumber()) {
      assertTrue(expected.isNumber(), path + " is not stored");
      double stored = expected.asDouble();
      assertEquals(stored, actual.asDouble(), TOLERANCE * Math.max(1, Math.abs(stored)), path);
    } else {
      assertEquals(expected.asText(), actual.asText(), path);
    }
  }
}
