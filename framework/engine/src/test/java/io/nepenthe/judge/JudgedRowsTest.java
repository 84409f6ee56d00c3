package io.nepenthe.judge;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.nepenthe.data.Window;
import io.nepenthe.task.TaskData;
import io.nepenthe.task.math.Artifact;
import io.nepenthe.task.math.MathData;
import io.nepenthe.task.math.MathDataSpec;
import io.nepenthe.task.math.MathFamily;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class JudgedRowsTest {
  private static final TaskData DATA = data(5, 0);

  private static TaskData data(int testRows, long seed) {
    return MathData.build(
        new MathDataSpec(
            MathFamily.ADDITIVE,
            8,
            34,
            7,
            List.of(2),
            60,
            30,
            testRows,
            new Artifact.Noise(20, 0.4)),
        new Window(10, 12),
        Set.of(),
        seed);
  }

  private static int[] together(int[] a, int[] b) {
    return IntStream.concat(Arrays.stream(a), Arrays.stream(b)).sorted().toArray();
  }

  @Test
  void everyRowIsInOneHalf() {
    JudgedRows validation = JudgedRows.validation(DATA, 0);
    JudgedRows holdout = JudgedRows.holdout(DATA, 0);
    assertArrayEquals(
        DATA.scored().eligibleRows(), together(validation.artifacts(), holdout.artifacts()));
    for (String test : DATA.tests().keySet()) {
      assertArrayEquals(
          new int[] {0, 1, 2, 3, 4}, together(validation.test(test), holdout.test(test)));
      assertEquals(3, validation.test(test).length);
    }
  }

  @Test
  void theHalvesFollowTheSeedAndDifferBetweenTestSets() {
    TaskData large = data(20, 0);
    assertArrayEquals(
        JudgedRows.validation(large, 0).test("7"), JudgedRows.validation(large, 0).test("7"));
    assertFalse(
        Arrays.equals(
            JudgedRows.validation(large, 0).test("7"), JudgedRows.validation(large, 1).test("7")));
    assertFalse(
        Arrays.equals(
            JudgedRows.validation(large, 0).test("7"), JudgedRows.validation(large, 0).test("2")));
  }

  @Test
  void oneTestRowMakesNoTwoHalves() {
    assertFalse(JudgedRows.holdout(data(1, 0), 0).areScorable());
  }
}
