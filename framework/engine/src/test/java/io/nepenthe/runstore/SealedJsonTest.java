package io.nepenthe.runstore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nepenthe.json.Json;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SealedJsonTest {
  private static final Map<String, Object> VALUE =
      Map.of(
          "small",
          1.0e-5,
          "third",
          1 / 3.0,
          "infinite",
          Double.POSITIVE_INFINITY,
          "long",
          1L << 40,
          "list",
          List.of(1, 2.5, "x"),
          "map",
          Map.of("b", 1, "a", true));

  private static JsonNode written() throws IOException {
    return Json.mapper().readTree(Json.pretty(SealedJson.seal(VALUE)));
  }

  @Test
  void aSealHoldsThroughWritingAndReading() throws IOException {
    assertTrue(SealedJson.isSealed(written()));
    assertTrue(SealedJson.isIntact(written()));
    assertFalse(SealedJson.isSealed(SealedJson.opened(written())));
  }

  @Test
  void theOrderOfFieldsDoesNotMatter() throws IOException {
    ObjectNode moved = (ObjectNode) written();
    moved.set("small", moved.remove("small"));
    assertTrue(SealedJson.isIntact(moved));
  }

  @Test
  void everyOtherValueBreaksTheSeal() throws IOException {
    for (String field : VALUE.keySet()) {
      assertFalse(SealedJson.isIntact(((ObjectNode) written()).put(field, 7)), field);
    }
    assertFalse(SealedJson.isIntact(((ObjectNode) written()).put("more", 7)));
    assertFalse(SealedJson.isIntact(SealedJson.opened(written())));
    assertFalse(SealedJson.isIntact(Json.mapper().readTree("[1]")));
    assertEquals(VALUE.size(), SealedJson.opened(written()).size());
  }
}
