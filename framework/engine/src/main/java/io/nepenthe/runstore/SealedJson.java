package io.nepenthe.runstore;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nepenthe.json.Json;
import io.nepenthe.protocol.ContentHash;

/**
 * JSON objects that carry a hash of their own content, so that a value that was changed by accident
 * is noticed even where it is still a possible one.
 */
final class SealedJson {
  private static final String SEAL = "contentHash";

  private SealedJson() {}

  /** Returns the value as JSON with its seal. */
  static ObjectNode seal(Object value) {
    ObjectNode json = Json.mapper().valueToTree(value);
    json.put(SEAL, hash(json));
    return json;
  }

  /** Returns true if there is a seal, whole or broken. */
  static boolean isSealed(JsonNode json) {
    return json.has(SEAL);
  }

  /** Returns true if the seal is there and the content is what was sealed. */
  static boolean isIntact(JsonNode json) {
    return json.isObject() && json.path(SEAL).asText().equals(hash(opened(json)));
  }

  /** Returns the content without its seal. */
  static ObjectNode opened(JsonNode json) {
    ObjectNode sealed = (ObjectNode) json;
    ObjectNode content = sealed.objectNode().setAll(sealed);
    content.remove(SEAL);
    return content;
  }

  private static String hash(ObjectNode content) {
    return ContentHash.of(Json.canonical(content));
  }
}
