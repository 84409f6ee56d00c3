package io.nepenthe.summary;

import static io.nepenthe.selection.HandMade.scores;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.nepenthe.json.Json;
import io.nepenthe.metric.Metrics;
import io.nepenthe.metric.SplitScores;
import io.nepenthe.plugin.Family;
import io.nepenthe.runstore.RunInfo;
import io.nepenthe.runstore.TrialOutcome;
import io.nepenthe.runstore.TrialResult;
import io.nepenthe.selection.HandMade;
import io.nepenthe.selection.HandMade.Trial;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SelectionDocumentTest {
  private static final RunInfo INFO =
      HandMade.run(List.of(0L, 1L), List.of("method", "other", "random", "extra-fine-tuning"));

  private static List<TrialResult> trials() {
    List<TrialResult> trials = new ArrayList<>();
    for (long seed : INFO.seeds()) {
      SplitScores before = new SplitScores(scores(100, 50, 50), scores(100, 50, 50));
      SplitScores after = new SplitScores(scores(20, 50, 50), scores(30, 50, 50));
      Trial good = new Trial().seed(seed).halves(before, after).after(scores(25, 50, 50));
      trials.add(good.valid());
      trials.add(new Trial().seed(seed).ratio(0.5).seconds(9).valid());
      trials.add(new Trial().seed(seed).ratio(0.7).ended(new TrialOutcome.Failed("it broke")));
      Trial other = new Trial().of("other", Family.UNLEARNING).seed(seed);
      trials.add(other.after(scores((int) (40 + 10 * seed), 50, 50)).valid());
      trials.add(new Trial().of("random", Family.CONTROL).seed(seed).valid());
      trials.add(
          new Trial().of("extra-fine-tuning", Family.FINE_TUNING).seed(seed).seconds(2).valid());
    }
    return trials;
  }

  private static String document(List<TrialResult> trials) {
    Summary summary = new Summary(INFO, List.of(), trials, List.of());
    StoredRun run =
        new StoredRun(INFO, List.of(), trials, List.of(), summary.rows(), summary.selection());
    return Json.pretty(SelectionDocument.of(run));
  }

  @Test
  void tellsRulesLimitsWinnersSharedSettingExclusionsAndRanking() throws IOException {
    JsonNode json = Json.mapper().readTree(document(trials()));
    assertEquals("nepenthe-selection/2", json.path("schema").asText());
    JsonNode task = json.path("tasks").path(0);
    assertEquals("m-minus-a", task.at("/rules/score").asText());
    assertEquals(2, task.at("/limit/seconds/0/seconds").asDouble());
    JsonNode method = task.at("/methods/0");
    assertEquals(0.1, method.at("/winners/1/hyperparameters/ratio").asDouble());
    assertEquals(-0.75, method.at("/winners/1/score").asDouble());
    assertEquals(25, method.at("/winnerScores/metrics/memorizedPercent/values/0").asDouble());
    assertEquals(25, method.at("/winnerScores/metrics/memorizedPercent/statistic/mean").asDouble());
    assertEquals(-0.8, method.at("/shared/validationScore").asDouble(), 1e-12);
    assertEquals(30, method.at("/shared/holdout/metrics/memorizedPercent/values/1").asDouble());
    assertEquals(4, method.path("excluded").size());
    assertEquals(
        Set.of("it broke", "took 9 s, the limit is 2 s (and 25 % for the noise of one shot)"),
        new HashSet<>(method.path("excluded").findValuesAsText("reason")));
    assertEquals("method", task.at("/ranking/places/0/id").asText());
    // -0.75, -0.75 against -0.6, -0.5: differences 0.15, 0.25, t = 4 with 1 degree of freedom
    assertEquals(0.156, task.at("/ranking/places/1/comparison/test/p").asDouble(), 1e-3);
    assertTrue(task.at("/ranking/caveat").asText().startsWith("With 2 seeds"));
    assertEquals("random", task.at("/controls/0/method").asText());
  }

  @Test
  void isTheSameTextWhateverTheOrderOfTheFiles() {
    List<TrialResult> reversed = trials();
    Collections.reverse(reversed);
    assertEquals(document(trials()), document(reversed));
  }

  @Test
  void summaryRowsTellTheSharedSettingAndCountWhatWasLeftOut() {
    SummaryRow row =
        new Summary(INFO, List.of(), trials(), List.of())
            .rows().stream().filter(each -> each.method().equals("method")).findAny().orElseThrow();
    assertEquals(Map.of("ratio", 0.1), row.sharedHyperparameters());
    assertEquals(30, row.sharedHoldout().of(Metrics.MEMORIZED).mean());
    assertEquals(Map.of("failed", 2, "slower-than-limit", 2), row.excluded());
  }
}
