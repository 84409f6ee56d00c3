package io.nepenthe.runstore;

import com.fasterxml.jackson.databind.JsonNode;
import io.nepenthe.json.Json;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Function;

/** Makes values of what result files hold, and refuses what cannot be one. */
final class ResultContent {
  private ResultContent() {}

  /** Content that cannot be true. */
  static final class Bad extends IOException {
    private static final long serialVersionUID = 1;

    Bad(String mistake) {
      super(mistake);
    }
  }

  /** Reads a type whose files have a published schema, and must follow it. */
  static <T> T published(JsonNode json, Class<T> type) throws IOException {
    if (!ResultSchema.isKnown(json)) {
      throw unknownSchema(json);
    }
    Optional<String> mistake = ResultSchema.mistake(json);
    if (mistake.isPresent()) {
      throw new Bad(mistake.get());
    }
    return value(json, type);
  }

  /** Returns a value whose numbers can be true of each other. */
  static <T> T checked(T value, Function<T, Optional<String>> mistake) throws IOException {
    Optional<String> found = mistake.apply(value);
    if (found.isPresent()) {
      throw new Bad(found.get());
    }
    return value;
  }

  /** Returns what to throw for a file of a schema that this program does not know. */
  static IOException unknownSchema(JsonNode json) {
    return new IOException("its schema is " + json.path("schema") + ", which is unknown");
  }

  /** Returns the value that sealed content holds. */
  static <T> T value(JsonNode json, Class<T> type) throws IOException {
    return Json.mapper().treeToValue(OldScores.asNow(SealedJson.opened(json)), type);
  }
}
