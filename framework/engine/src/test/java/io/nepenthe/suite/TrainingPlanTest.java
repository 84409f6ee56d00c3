package io.nepenthe.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.nepenthe.data.Window;
import io.nepenthe.original.RegularizerUse;
import io.nepenthe.protocol.Fidelity;
import io.nepenthe.task.DataSpec;
import io.nepenthe.task.math.Artifact;
import io.nepenthe.task.math.MathDataSpec;
import io.nepenthe.task.math.MathFamily;
import io.nepenthe.task.rows.RowsDataSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingPlanTest {
  private static final TaskSpec TASK =
      task(
          "math",
          new MathDataSpec(
              MathFamily.ADDITIVE, 8, 34, 7, List.of(2), 40, 20, 5, new Artifact.Noise(8, 0.4)));

  @TempDir private Path folder;

  private static TaskSpec task(String kind, DataSpec data) {
    return new TaskSpec(
        "task",
        1,
        kind,
        data,
        new Window(10, 2),
        new ModelSpec(1, 16, 2, null),
        new TrainingSpec(3, 8, 5e-3, 0.01, List.of()),
        60,
        null,
        null,
        null);
  }

  private static TrainingPlan plan(TaskSpec task) {
    return new TrainingPlan(task, 0, Fidelity.CLEAN, 1, "cpu", null);
  }

  @Test
  void anotherDeviceChangesTheDeviceAndTheKeyOnly() {
    RegularizerUse use = new RegularizerUse("id", "1", "jar", "hash", Map.of("weight", 0.5));
    TrainingPlan here = new TrainingPlan(TASK, 3, Fidelity.REFERENCE, 2, "cpu", use);
    TrainingPlan there = here.on("gpu1");
    assertEquals(new TrainingPlan(TASK, 3, Fidelity.REFERENCE, 2, "gpu1", use), there);
    assertNotEquals(here.key(), there.key());
    assertEquals(here, there.on("cpu"));
  }

  @Test
  void whereTheSameRowsLieIsNoPartOfTheTraining() throws IOException {
    for (String name : List.of("a", "b")) {
      Files.createDirectories(folder.resolve(name));
      Files.writeString(folder.resolve(name).resolve("extra.csv"), "1 2 3 4 5 6 7 7 7 7 7 7\n");
    }
    TaskSpec here = task("rows", new RowsDataSpec(folder.resolve("a").toString(), 12, 8, null));
    TaskSpec there = task("rows", new RowsDataSpec(folder.resolve("b").toString(), 12, 8, null));
    assertEquals(plan(here).key(), plan(there).key());
    assertEquals(here.hash(), there.hash());
  }

  @Test
  void otherRowsInTheSameFilesAreAnotherTraining() throws IOException {
    TaskSpec task = task("rows", new RowsDataSpec(folder.toString(), 12, 8, null));
    Path extra = folder.resolve("extra.csv");
    Files.writeString(extra, "1 2 3 4 5 6 7 7 7 7 7 7\n");
    String key = plan(task).key();
    assertEquals(key, plan(task).key());
    Files.writeString(extra, "1 2 3 4 5 6 7 7 7 7 7 6\n");
    assertNotEquals(key, plan(task).key());
  }
}
