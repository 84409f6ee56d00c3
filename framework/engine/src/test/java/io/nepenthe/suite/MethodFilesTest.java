package io.nepenthe.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nepenthe.data.Sequences;
import io.nepenthe.original.RegularizerUse;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.Fidelity;
import io.nepenthe.protocol.NepentheException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

class MethodFilesTest {
  private static final String SUITE =
      """
      name: small
      description: For tests.
      protocol: "1.1"
      seeds: [0]
      tasks:
        - id: math-noise
          version: 1
          kind: math
          data:
            family: additive
            numbers: 8
            length: 34
            primary: 7
            auxiliary: [2]
            primaryRows: 40
            auxiliaryRows: 20
            testRows: 5
            artifact: {kind: noise, rows: 8, rate: 0.1}
          window: {prompt: 10, compare: 2}
          model: {layers: 1, width: 4, heads: 1}
          training: {passes: 1, batchSize: 2, learningRate: 0.005}
          budgetSeconds: 10
      %smethods:
        - id: no-mitigation
      """;

  @TempDir private Path folder;

  private TaskSpec task(String files) throws IOException {
    String line = files.isEmpty() ? "" : "    files: " + files + "\n";
    Files.writeString(folder.resolve("small.yaml"), SUITE.formatted(line));
    return new SuiteReader(folder).read("small").tasks().get(0);
  }

  /** Returns the task with a file of rows, each of which begins with one of these ids. */
  private TaskSpec withAnswers(int... firsts) throws IOException {
    return withAnswers(34, firsts);
  }

  private TaskSpec withAnswers(int length, int[] firsts) throws IOException {
    String rows =
        Arrays.stream(firsts)
            .mapToObj(id -> id + ",2".repeat(length - 1) + "\n")
            .collect(Collectors.joining());
    Path file = Files.writeString(folder.resolve("answers.csv"), rows);
    return task("{answers: '" + file + "'}");
  }

  private static String mistake(ErrorCode code, Executable read) {
    NepentheException e = assertThrows(NepentheException.class, read);
    assertEquals(code, e.code(), e.getMessage());
    assertEquals(1, e.getMessage().lines().count(), e.getMessage());
    return e.getMessage();
  }

  @Test
  void aTaskOfNumbersHasRowsForMethods() throws IOException {
    TaskSpec task = withAnswers(1, 5);
    Sequences rows = task.file("answers").orElseThrow();
    assertEquals(2, rows.rows());
    assertEquals(5, rows.token(1, 0));
    assertEquals(Optional.empty(), task.file("questions"));
  }

  @Test
  void refusesRowsThatAreNotLikeTheTasks() throws IOException {
    TaskSpec shorter = withAnswers(33, new int[] {1});
    String length = mistake(ErrorCode.BAD_DATA, () -> shorter.file("answers"));
    assertTrue(length.contains("must have rows of data.length 34"), length);
    TaskSpec foreign = withAnswers(5000);
    String ids = mistake(ErrorCode.BAD_DATA, () -> foreign.file("answers"));
    assertTrue(ids.contains("up to id 5000"), ids);
  }

  @Test
  void refusesNamesThatNoMethodCanAskForAndFilesThatAreNotThere() throws IOException {
    String name = mistake(ErrorCode.BAD_SUITE, () -> task("{Answers: a.csv}"));
    assertTrue(name.contains("files has the name 'Answers', must be kebab-case"), name);
    String path = mistake(ErrorCode.BAD_SUITE, () -> task("{answers: ''}"));
    assertTrue(path.contains("files.answers is empty"), path);
    String none = mistake(ErrorCode.BAD_SUITE, task("{answers: nowhere.csv}")::requireFiles);
    assertTrue(none.contains("files.answers is nowhere.csv, and there is no such file"), none);
  }

  @Test
  void contentsAreOfTheResultsPlacesAreNot() throws IOException {
    TaskSpec none = task("");
    TaskSpec one = withAnswers(1);
    String before = one.dataHash(one.build(0, Set.of()));
    assertEquals(none.data().hash(none.build(0, Set.of())), none.dataHash(none.build(0, Set.of())));
    assertNotEquals(none.dataHash(none.build(0, Set.of())), before);
    Path moved = Files.copy(folder.resolve("answers.csv"), folder.resolve("moved.csv"));
    TaskSpec elsewhere = task("{answers: '" + moved + "'}");
    assertEquals(one.hash(), elsewhere.hash());
    assertEquals(before, elsewhere.dataHash(elsewhere.build(0, Set.of())));
    withAnswers(2);
    assertNotEquals(before, one.dataHash(one.build(0, Set.of())));
  }

  @Test
  void onlyATrainingThatSeesThemDependsOnThem() throws IOException {
    RegularizerUse regularizer = new RegularizerUse("r", "1", "r.jar", "0".repeat(64), Map.of());
    String plain = key(task(""), null);
    String regularized = key(task(""), regularizer);
    assertEquals(plain, key(withAnswers(1), null));
    assertNotEquals(regularized, key(withAnswers(1), regularizer));
  }

  private static String key(TaskSpec task, @Nullable RegularizerUse regularizer) {
    return new TrainingPlan(task, 0, Fidelity.CLEAN, 1, "cpu", regularizer).key();
  }
}
