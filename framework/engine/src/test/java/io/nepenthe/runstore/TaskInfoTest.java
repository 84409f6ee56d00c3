package io.nepenthe.runstore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.nepenthe.json.Json;
import io.nepenthe.suite.TaskSpec;
import org.junit.jupiter.api.Test;

class TaskInfoTest {
  private static final String MATH =
      """
      {
        "id": "a-task", "version": 1, "kind": "math",
        "data": {
          "family": "additive", "numbers": 8, "length": 40, "primary": 7, "auxiliary": [2, 3],
          "primaryRows": 240, "auxiliaryRows": 90, "testRows": 20,
          "artifact": {"kind": "noise", "rows": 80, "rate": 0.1}
        },
        "window": {"prompt": 12, "compare": 18},
        "model": {"layers": 2, "width": 64, "heads": 4},
        "training": {
          "passes": 90, "batchSize": 64, "learningRate": 0.003, "weightDecay": 0.1,
          "checkpoints": [10, 90]
        },
        "budgetSeconds": 120
      }
      """;

  private static final String LANGUAGE =
      MATH.replace("\"math\"", "\"language\"")
          .replaceFirst(
              "(?s)\"data\": \\{.*\\}\\s*,\\s*\"window\"",
              """
              "data": {
                "corpus": "synthetic", "length": 40, "trainRows": 500, "vocabulary": "occurring",
                "artifact": {"kind": "backdoor", "holdoutFraction": 0.1, "degenerateToken": 2,
                  "repeats": 10}
              },
              "window"\
              """);

  private static TaskSpec task(String json) throws JsonProcessingException {
    return Json.mapper().readValue(json, TaskSpec.class);
  }

  private static TaskInfo info(String json) throws JsonProcessingException {
    return TaskInfo.of(task(json));
  }

  @Test
  void readsWhatReportsNeedFromTheDefinition() throws JsonProcessingException {
    TaskInfo math = info(MATH);
    assertEquals("noise", math.artifact());
    assertEquals(2, math.layers());
    assertEquals(90, math.auxiliaryRows());
    assertNull(math.chunks());
    TaskInfo language = info(LANGUAGE);
    assertEquals("backdoor", language.artifact());
    assertEquals(500, language.chunks());
    assertNull(language.auxiliaryRows());
    assertEquals(true, language.isSynthetic());
    assertEquals(true, language.hasOwnVocabulary());
  }

  @Test
  void notesATypeToComputeInThatIsNotFloat32() throws JsonProcessingException {
    String half = MATH.replace("\"version\": 1", "\"version\": 1, \"computeType\": \"bfloat16\"");
    assertEquals(info(MATH).note() + "; measured and mitigated in bfloat16", info(half).note());
    assertNotEquals(info(MATH).rest(), info(half).rest());
  }

  @Test
  void variantsOfATaskHaveTheSameRest() throws JsonProcessingException {
    String rest = info(MATH).rest();
    String other =
        MATH.replace("a-task", "a-task-l4")
            .replace("\"layers\": 2", "\"layers\": 4")
            .replace("\"auxiliaryRows\": 90", "\"auxiliaryRows\": 180")
            .replace("[10, 90]", "[10, 40, 90]")
            .replace("\"budgetSeconds\": 120", "\"budgetSeconds\": 600, \"mitigateAfter\": 40");
    assertNotEquals(task(MATH).hash(), task(other).hash());
    assertEquals(rest, info(other).rest());
    assertNotEquals(rest, info(MATH.replace("\"width\": 64", "\"width\": 32")).rest());
    assertNotEquals(rest, info(MATH.replace("\"testRows\": 20", "\"testRows\": 10")).rest());
  }

  @Test
  void oldRunsTellTheSameFromTheSentenceOnATask() throws JsonProcessingException {
    for (String json : new String[] {MATH, LANGUAGE}) {
      TaskInfo told = info(json);
      TaskInfo old = OldRuns.task(task(json).id(), told.note());
      assertEquals(told.artifact(), old.artifact());
      assertEquals(told.layers(), old.layers());
      assertEquals(told.auxiliaryRows(), old.auxiliaryRows());
      assertEquals(told.chunks(), old.chunks());
      assertEquals(told.isSynthetic(), old.isSynthetic());
      assertEquals(told.hasOwnVocabulary(), old.hasOwnVocabulary());
    }
  }
}
