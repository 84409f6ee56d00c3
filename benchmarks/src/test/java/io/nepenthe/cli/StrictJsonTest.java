package io.nepenthe.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.nepenthe.json.Json;
import io.nepenthe.wording.Words;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StrictJsonTest {
  @Test
  void whatWouldCommandATerminalIsEscapedAndSaysTheSame() throws JsonProcessingException {
    Map<String, String> words =
        Map.of("reason", "\u001b[2J \u009b1m \u202efdp.exe\u0000 größer 日本");
    String json = StrictJson.pretty(words);
    assertEquals(json, Words.printable(json));
    assertTrue(json.contains("größer 日本"), json);
    assertEquals(words.get("reason"), Json.mapper().readTree(json).path("reason").asText());
  }
}
