package io.nepenthe.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nepenthe.data.Sequences;
import io.nepenthe.data.Window;
import io.nepenthe.exchange.HandedRows;
import io.nepenthe.exchange.RowsFile;
import io.nepenthe.json.Json;
import io.nepenthe.plugin.Need;
import io.nepenthe.protocol.Fidelity;
import io.nepenthe.suite.ModelSpec;
import io.nepenthe.suite.TaskSpec;
import io.nepenthe.suite.TrainingPlan;
import io.nepenthe.suite.TrainingSpec;
import io.nepenthe.task.TaskData;
import io.nepenthe.task.math.Artifact;
import io.nepenthe.task.math.MathDataSpec;
import io.nepenthe.task.math.MathFamily;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is handed over is what a request needs: no evaluation row is among it. */
class RequestsTest {
  private static final TaskSpec TASK =
      new TaskSpec(
          "task",
          1,
          "math",
          new MathDataSpec(
              MathFamily.ADDITIVE,
              8,
              34,
              7,
              List.of(2),
              40,
              20,
              5,
              new Artifact.Backdoor(6, 0.5, 2)),
          new Window(10, 2),
          new ModelSpec(1, 16, 2, null),
          new TrainingSpec(3, 8, 5e-3, 0.01, List.of()),
          60,
          null,
          null,
          null);
  private static final TrainingPlan PLAN =
      new TrainingPlan(TASK, 0, Fidelity.CLEAN, 1, "cpu", null);
  private static final TaskData DATA = TASK.build(0, PLAN.quirks());

  @TempDir private Path folder;

  private static Set<List<Integer>> rows(Sequences rows, int length) {
    Set<List<Integer>> all = new HashSet<>();
    for (int r = 0; r < rows.rows(); r++) {
      all.add(Arrays.stream(rows.leadingColumns(length).row(r)).boxed().toList());
    }
    return all;
  }

  private static Set<List<Integer>> judged(int length) {
    Set<List<Integer>> all = rows(DATA.scored().artifacts(), length);
    all.addAll(rows(DATA.scored().twins(), length));
    DATA.tests().values().forEach(test -> all.addAll(rows(test, length)));
    return all;
  }

  @Test
  void aTrainingGetsItsRowsAndWhatTheMethodAsksFor() throws IOException {
    HandedRows plain = Requests.training(PLAN, Set.of(), DATA, folder, folder).rows().read();
    assertEquals(DATA.train(), plain.train());
    assertEquals(Set.of(), plain.given().rows().keySet());
    Set<List<Integer>> handed = rows(plain.train(), plain.length());
    Set<List<Integer>> judged = judged(plain.length());
    judged.removeAll(handed);
    assertEquals(judged(plain.length()).size(), judged.size(), "no judged row is trained on");
    HandedRows hooked =
        Requests.training(PLAN, Set.of(Need.TWINS), DATA, folder, folder).rows().read();
    assertEquals(Set.of(Need.TWINS), hooked.given().rows().keySet());
  }

  @Test
  void aMethodGetsTheRowsItAsksForAndNoOthers() {
    for (Need need : List.of(Need.EXTRA, Need.RETAIN_SET, Need.TWINS, Need.VALIDATION)) {
      HandedRows handed = NeededRows.afterTraining(Set.of(need), DATA, PLAN, new int[] {0});
      HandedRows read = RowsFile.write(folder, handed).read();
      assertTrue(read.train().isEmpty());
      assertEquals(Set.of(need), read.given().rows().keySet());
      Set<List<Integer>> known = rows(read.given().rows().get(need), read.length());
      known.retainAll(judged(read.length()));
      assertEquals(Set.of(), known, need.id());
    }
    HandedRows forget =
        NeededRows.afterTraining(Set.of(Need.FORGET_SET), DATA, PLAN, new int[] {0});
    assertEquals(1, forget.given().rows().get(Need.FORGET_SET).rows());
  }

  @Test
  void theCleanRowsOfThoseToForgetComeInTheirOrder() {
    int[] memorized = {2, 0};
    HandedRows handed =
        NeededRows.afterTraining(Set.of(Need.FORGET_SET, Need.FORGET_TWINS), DATA, PLAN, memorized);
    assertEquals(
        DATA.scored().twins().select(memorized).leadingColumns(handed.length()),
        handed.given().rows().get(Need.FORGET_TWINS));
    assertEquals(
        DATA.scored().artifacts().select(memorized).leadingColumns(handed.length()),
        handed.given().rows().get(Need.FORGET_SET));
  }

  /** Of the task a request says its name; the seed is where a method's randomness comes from. */
  @Test
  void noRequestSaysHowRowsAreMade() throws IOException {
    String line = Json.line(Requests.training(PLAN, Set.of(), DATA, folder, folder));
    assertTrue(
        Stream.of("data", "family", "window", "artifact", "suite")
            .noneMatch(key -> line.contains("\"" + key + "\"")),
        line);
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(
          List.of("given.rows"), files.map(file -> file.getFileName().toString()).toList());
    }
  }
}
