package io.nepenthe.runstore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nepenthe.json.Json;
import org.junit.jupiter.api.Test;

final class OldScoresTest {
  private static final String OLD =
      """
      {"memorization": {"memorized": 7, "eligible": 50, "extractionStrength": 0.3825,
                        "exactMemorization": null, "memorizedPercent": 14.0,
                        "classes": [{"copies": 1, "rows": 50, "memorized": 7, "eligible": 50}]},
       "accuracyPercent": 88.0, "predictableAccuracyPercent": null, "perplexity": "Infinity",
       "referencePerplexity": 1.5, "accuracyPercentByTest": {"7": 90.0, "2": 86.0}}
      """;

  private static final String NOW =
      """
      {"metrics": {"memorizedPercent": 14.0, "extractionStrength": 0.3825, "accuracyPercent": 88.0,
                   "perplexity": "Infinity", "referencePerplexity": 1.5},
       "memorization": {"memorized": 7, "eligible": 50,
                        "classes": [{"copies": 1, "rows": 50, "memorized": 7, "eligible": 50}]},
       "accuracyPercentByTest": {"7": 90.0, "2": 86.0}}
      """;

  private static ObjectNode json(String text) throws JsonProcessingException {
    return (ObjectNode) Json.mapper().readTree(text);
  }

  @Test
  void everyScoreOfAnOldTrialIsRegroupedAndKeepsItsValue() throws JsonProcessingException {
    String trial =
        """
        {"schema": "nepenthe-trial/%d", "before": %2$s, "after": null, "beforeSplit": null,
         "afterSplit": {"validation": %2$s, "holdout": %2$s}, "curve": [{"pass": 1, "scores": %2$s}]}
        """;
    assertEquals(json(trial.formatted(3, NOW)), OldScores.asNow(json(trial.formatted(2, OLD))));
  }

  @Test
  void everyScoreOfAnOldOriginalIsRegrouped() throws JsonProcessingException {
    String original = "{\"schema\": \"nepenthe-original/%d\", \"scores\": %s, \"curve\": []}";
    assertEquals(
        json(original.formatted(3, NOW)), OldScores.asNow(json(original.formatted(1, OLD))));
  }

  @Test
  void whatIsCurrentStaysAsItIs() throws JsonProcessingException {
    ObjectNode current = json("{\"schema\": \"nepenthe-trial/3\", \"after\": " + NOW + "}");
    assertSame(current, OldScores.asNow(current));
  }
}
