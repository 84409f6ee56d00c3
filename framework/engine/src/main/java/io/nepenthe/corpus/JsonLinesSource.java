package io.nepenthe.corpus;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.nepenthe.json.Json;
import io.nepenthe.task.TextEncoding;
import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Lines of JSON, each an object with a document in one of its fields, or the document itself. */
final class JsonLinesSource extends FileSource {
  private static final String IDS = "ids";
  private static final String TEXT = "text";

  private final @Nullable String field;
  private final Supplier<? extends TextEncoding> encoding;

  JsonLinesSource(
      Path file, String name, @Nullable String field, Supplier<? extends TextEncoding> encoding) {
    super(file, name);
    this.field = field;
    this.encoding = encoding;
  }

  @Override
  public void forEach(Documents.Sink sink) throws IOException {
    requireText();
    try (Utf8Lines lines = new Utf8Lines(file)) {
      long document = 0;
      long number = 0;
      for (String line = lines.next(); line != null; line = lines.next()) {
        String json = withoutMark(line, number++);
        if (!json.isBlank()) {
          sink.accept(document(json, number, document++), lines.position());
        }
      }
    }
  }

  private DocumentPart document(String line, long number, long document) {
    JsonNode json = json(line, number);
    String name = field != null ? field : json.has(IDS) ? IDS : TEXT;
    JsonNode value = json.isObject() ? json.path(name) : json;
    if (value.isTextual()) {
      return whole(document, encoded(encoding, value.textValue(), "line " + number));
    }
    if (value.isArray()) {
      return prompted(document, ids(value, number), prompt(json));
    }
    throw bad(
        number,
        json.isObject()
            ? "has no text or list of ids in the field '"
                + name
                + "'; name the field that has, by --field"
            : "is no object, text or list of ids");
  }

  private JsonNode json(String line, long number) {
    try {
      return Json.mapper().readTree(line);
    } catch (JsonProcessingException e) {
      throw bad(
          number, "is no JSON (" + e.getOriginalMessage().lines().findFirst().orElse("") + ")");
    }
  }

  private int[] ids(JsonNode list, long number) {
    int[] ids = new int[list.size()];
    for (int i = 0; i < ids.length; i++) {
      JsonNode id = list.get(i);
      if (!id.isIntegralNumber() || !id.canConvertToInt() || id.intValue() < 0) {
        throw bad(number, "holds " + id + ", which is no token id");
      }
      ids[i] = id.intValue();
    }
    return ids;
  }

  private static OptionalInt prompt(JsonNode json) {
    JsonNode prompt = json.path("prompt");
    return prompt.isInt() && prompt.intValue() > 0
        ? OptionalInt.of(prompt.intValue())
        : OptionalInt.empty();
  }
}
