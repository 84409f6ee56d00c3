package io.nepenthe.mitigation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.nepenthe.plugin.MethodDescriptor;
import io.nepenthe.pluginhost.InstalledPlugin;
import io.nepenthe.run.TrialGroup;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Budgets by a clock that stands still unless it is told to go on. */
class TimeBudgetTest {
  private static final double SECONDS_PER_PASS = 0.1;
  private static final double MEASURING = 2;
  private static final ModelSpeed SPEED =
      new ModelSpeed(SECONDS_PER_PASS, MEASURING, Map.of("forget-set", 10.0));

  private long now = 1_000_000_000_000L;

  private InstalledPlugin plugin(String id, String family, String affects, String cost) {
    String json =
        """
        {
          "name": "%s", "family": "%s", %s "summary": "For tests.",
          "paper": {
            "title": "None", "authors": "Nobody", "year": 2024,
            "url": "https://example.org", "section": "none"
          },
          "needs": ["forget-set"],
          "hyperparameters": {
            "epochs": {
              "type": "integer", "min": 1, "max": 1000, "default": 10,
              "affects": "%s", "description": "how often"
            }
          },
          "grids": {}, "cost": %s
        }
        """
            .formatted(
                id, family, family.equals("control") ? "" : "\"edits\": \"all\",", affects, cost);
    return new InstalledPlugin(
        id,
        "1.0.0",
        Path.of(id + ".jar"),
        id,
        MethodDescriptor.read(json.getBytes(StandardCharsets.UTF_8)));
  }

  private InstalledPlugin perEpoch(String id, String affects) {
    return plugin(
        id,
        "unlearning",
        affects,
        "[{\"pass\": \"forward\", \"factor\": 1, \"of\": [\"forget-set\", \"epochs\"]}]");
  }

  private static TrialGroup group(InstalledPlugin plugin, int... epochs) {
    List<Map<String, Number>> points = new ArrayList<>();
    for (int each : epochs) {
      points.add(plugin.descriptor().expand(Map.of("epochs", List.of(each))).get(0));
    }
    return new TrialGroup(plugin, points);
  }

  private TimeBudget budget(double seconds, int trials) {
    return new TimeBudget(SPEED, OptionalLong.of(now + (long) (seconds * 1e9)), trials, () -> now);
  }

  private void take(TimeBudget budget, TrialGroup group, double seconds) {
    TrialGroup begun = budget.begin(group);
    assertEquals(group, begun);
    now += (long) (seconds * 1e9);
    budget.ended(begun, true);
  }

  @Test
  void ofAGroupBeginsWhatFitsByWhatMethodsSayTheyCost() {
    InstalledPlugin method = perEpoch("m", "snapshot");
    // 1 epoch: 1 s and 2 s to measure; 10: 10 s, 4 s to measure both; 100: 100 s and 6 s
    assertEquals(group(method, 10, 1), budget(14.5, 9).begin(group(method, 100, 10, 1)));
    assertEquals(group(method, 1), budget(13.5, 9).begin(group(method, 100, 10, 1)));
    assertEquals(group(method), budget(2.5, 9).begin(group(method, 100, 10, 1)));
  }

  @Test
  void whatAMethodTookBeforeSaysWhatItTakesNext() {
    InstalledPlugin method = perEpoch("m", "localization");
    TimeBudget budget = budget(100, 9);
    take(budget, group(plugin("c", "control", "edit", "[]"), 1), MEASURING + 1);
    take(budget, group(method, 1), MEASURING + 1 + 20); // 20 times what it says
    assertEquals(group(method), budget.begin(group(method, 4))); // 1 + 80 + 2 s; 75 s are left
    assertEquals(group(method, 3), budget.begin(group(method, 3)));
  }

  @Test
  void whatMethodsTookSaysWhatOthersTake() {
    TimeBudget budget = budget(100, 9);
    take(budget, group(plugin("c", "control", "edit", "[]"), 1), MEASURING + 1);
    take(budget, group(perEpoch("m", "localization"), 1), MEASURING + 1 + 20);
    InstalledPlugin other = perEpoch("o", "localization");
    assertEquals(group(other), budget.begin(group(other, 4)));
    assertEquals(group(other, 3), budget.begin(group(other, 3)));
  }

  @Test
  void whatWasCutOffTakesAtLeastAsLong() {
    InstalledPlugin method = perEpoch("m", "localization");
    TimeBudget budget = budget(100, 9);
    TrialGroup begun = budget.begin(group(method, 1));
    now += 60_000_000_000L;
    budget.ended(begun, false);
    assertEquals(group(method), budget.begin(group(method, 1)));
  }

  @Test
  void soManyTrialsAreBegunAndControlsBeside() {
    InstalledPlugin method = perEpoch("m", "snapshot");
    TimeBudget budget = new TimeBudget(SPEED, OptionalLong.empty(), 2, () -> now);
    InstalledPlugin control = plugin("c", "control", "edit", "[]");
    assertEquals(group(control, 1), budget.begin(group(control, 1)));
    assertEquals(group(method, 10, 1), budget.begin(group(method, 10, 1, 100)));
    assertEquals(group(method), budget.begin(group(method, 5)));
    assertEquals(group(control, 1), budget.begin(group(control, 1)));
  }

  @Test
  void theLastAnswerIsStillMeasured() {
    long end = now + 10_000_000_000L;
    assertEquals(
        OptionalLong.of(end - 2_000_000_000L),
        new TimeBudget(SPEED, OptionalLong.of(end), 1, () -> now).end());
    assertEquals(
        OptionalLong.empty(), new TimeBudget(SPEED, OptionalLong.empty(), 1, () -> now).end());
  }

  @Test
  void everyMethodComesBeforeAnyComesAgainTheCheapestAndTheDefaultsFirst() {
    InstalledPlugin one = perEpoch("one", "localization");
    InstalledPlugin two =
        plugin(
            "two",
            "unlearning",
            "localization",
            "[{\"pass\": \"gradient\", \"factor\": 1, \"of\": [\"forget-set\", \"epochs\"]}]");
    List<TrialGroup> given =
        List.of(group(two, 1), group(two, 10), group(one, 5), group(one, 10), group(one, 2));
    assertEquals(
        List.of(group(one, 10), group(two, 10), group(one, 2), group(two, 1), group(one, 5)),
        budget(100, 9).inOrder(given));
  }

  @Test
  void settingsOfOneCostAreFarApartAtFirst() {
    List<Integer> visited = new ArrayList<>();
    for (int rank = 0; rank < 8; rank++) {
      for (int i = 0; i < 8; i++) {
        if (GroupOrder.spread(i, 8) == rank) {
          visited.add(i);
        }
      }
    }
    assertEquals(List.of(0, 4, 2, 6, 1, 5, 3, 7), visited);
  }
}
