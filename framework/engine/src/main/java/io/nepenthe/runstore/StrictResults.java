package io.nepenthe.runstore;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nepenthe.json.Json;
import java.io.IOException;
import java.util.Optional;

/**
 * Results of somebody else, read one by one: sealed, of this program's own schemas, and possible.
 * What older programs wrote without a seal is refused.
 */
public final class StrictResults {
  private StrictResults() {}

  /** Returns a value as JSON with its seal. */
  public static ObjectNode seal(Object value) {
    return SealedJson.seal(value);
  }

  /** Returns true if the content is what was sealed; false, too, without a seal. */
  public static boolean isIntact(JsonNode json) {
    return json.isObject() && SealedJson.isSealed(json) && SealedJson.isIntact(json);
  }

  /**
   * Returns the value of a document.
   *
   * @param schema the only schema it may have
   * @throws IOException if it is no such document; the message says why
   */
  public static <T> T read(JsonNode json, Class<T> type, String schema) throws IOException {
    if (!json.isObject() || !schema.equals(json.path("schema").asText())) {
      throw new IOException("its schema is " + json.path("schema") + ", must be " + schema);
    }
    Optional<String> mistake =
        ResultSchema.isKnown(json) ? ResultSchema.mistake(json) : Optional.empty();
    if (mistake.isPresent()) {
      throw new IOException(mistake.get());
    }
    return Json.mapper().treeToValue(SealedJson.opened(json), type);
  }

  /** Returns why the numbers of a trial cannot be true of each other, if they cannot. */
  public static Optional<String> mistake(TrialResult trial) {
    return ScoreChecks.mistake(trial);
  }

  /** Returns why the numbers of a base measurement cannot be true of each other. */
  public static Optional<String> mistake(OriginalResult original) {
    return ScoreChecks.mistake(original);
  }
}
