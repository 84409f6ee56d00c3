package io.nepenthe.runstore;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nepenthe.runstore.PlannedTrials.Planned;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PlannedTrialsTest {
  private static Planned point(String first, Number one, String second, Number other) {
    Map<String, Number> values = new LinkedHashMap<>();
    values.put(first, one);
    values.put(second, other);
    return new Planned("task", 0, "method", values);
  }

  private static PlannedTrials plan(Planned... trials) {
    return new PlannedTrials(PlannedTrials.SCHEMA, List.of("task_s0"), List.of(trials));
  }

  /** As a method declares its grid, and as run.json gives it back. */
  @Test
  void theOrderOfHyperparametersAndPointsMakesNoOtherPlan() {
    PlannedTrials declared =
        plan(point("ratio", 0.01, "epochs", 20), point("ratio", 0.05, "epochs", 10));
    PlannedTrials readBack =
        plan(point("epochs", 10, "ratio", 0.05), point("epochs", 20, "ratio", 0.01));
    assertTrue(declared.holdsTheSameAs(readBack));
  }

  @Test
  void aPointLessTwiceOrOtherIsAnotherPlan() {
    Planned one = point("ratio", 0.01, "epochs", 20);
    Planned other = point("ratio", 0.05, "epochs", 20);
    for (PlannedTrials plan : List.of(plan(one), plan(one, one), plan(one, other, other))) {
      assertFalse(plan(one, other).holdsTheSameAs(plan));
      assertFalse(plan.holdsTheSameAs(plan(one, other)));
    }
  }
}
