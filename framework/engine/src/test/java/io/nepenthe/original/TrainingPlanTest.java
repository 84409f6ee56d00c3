package io.nepenthe.original;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.nepenthe.data.Window;
import io.nepenthe.data.math.Artifact;
import io.nepenthe.data.math.MathDataSpec;
import io.nepenthe.data.math.MathFamily;
import io.nepenthe.protocol.Fidelity;
import io.nepenthe.suite.ModelSpec;
import io.nepenthe.suite.TaskSpec;
import io.nepenthe.suite.TrainingSpec;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TrainingPlanTest {
  private static final TaskSpec TASK =
      new TaskSpec(
          "task",
          1,
          "math",
          new MathDataSpec(
              MathFamily.ADDITIVE, 8, 34, 7, List.of(2), 40, 20, 5, new Artifact.Noise(8, 0.4)),
          new Window(10, 2),
          new ModelSpec(1, 16, 2, null),
          new TrainingSpec(3, 8, 5e-3, 0.01, List.of()),
          60,
          null,
          null);

  @Test
  void anotherDeviceChangesTheDeviceAndTheKeyOnly() {
    RegularizerUse use = new RegularizerUse("id", "1", "jar", "hash", Map.of("weight", 0.5));
    TrainingPlan here = new TrainingPlan(TASK, 3, Fidelity.REFERENCE, 2, "cpu", use);
    TrainingPlan there = here.on("gpu1");
    assertEquals(new TrainingPlan(TASK, 3, Fidelity.REFERENCE, 2, "gpu1", use), there);
    assertNotEquals(here.key(), there.key());
    assertEquals(here, there.on("cpu"));
  }
}
