package io.nepenthe.challenge;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nepenthe.data.Sequences;
import io.nepenthe.data.Window;
import io.nepenthe.model.Weights;
import io.nepenthe.suite.ChallengeSpec;
import io.nepenthe.suite.ModelSpec;
import io.nepenthe.suite.TaskSpec;
import io.nepenthe.suite.TrainingSpec;
import io.nepenthe.task.ArtifactRows;
import io.nepenthe.task.TaskData;
import io.nepenthe.task.math.Artifact;
import io.nepenthe.task.math.MathDataSpec;
import io.nepenthe.task.math.MathFamily;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Which rows challenges train on, show, prompt with and measure. */
class ChallengedRowsTest {
  private static final TaskSeed BACKDOOR = backdoor();

  private static TaskSeed backdoor() {
    TaskSpec task =
        new TaskSpec(
            "tiny-backdoor",
            1,
            "math",
            new MathDataSpec(
                MathFamily.ADDITIVE,
                6,
                30,
                7,
                List.of(2),
                400,
                40,
                10,
                new Artifact.Backdoor(3, 0.3, 2)),
            new Window(14, 10),
            new ModelSpec(2, 32, 4, null),
            new TrainingSpec(1, 16, 5e-3, 0.01, List.of()),
            60,
            null,
            null,
            null);
    return new TaskSeed(
        task,
        1,
        Set.of(),
        List.of(0, 1, 3, 4),
        parent -> Weights.zeros(task.architecture().layout(), parent),
        parent -> Optional.empty());
  }

  private static Set<List<Integer>> contents(Sequences rows) {
    Set<List<Integer>> contents = new HashSet<>();
    for (int row = 0; row < rows.rows(); row++) {
      contents.add(Arrays.stream(rows.row(row)).boxed().toList());
    }
    return contents;
  }

  private static void assertDisjoint(Sequences some, Sequences others) {
    Set<List<Integer>> both = contents(some);
    both.retainAll(contents(others));
    assertEquals(Set.of(), both);
  }

  @Test
  void ofNoiseSomeRowsAreTrainedOnAndTheOthersMeasured() {
    TaskData data = HandMadeSubjects.PLACE.data();
    int eligible = data.scored().eligibleRows().length;
    RelearningRows rows =
        RelearningRows.of(data, 5, HandMadeSubjects.PLACE.random("relearning/artifacts"));
    assertEquals(5, rows.artifacts().rows());
    assertEquals(eligible - 5, rows.measured().eligibleRows().length);
    assertDisjoint(rows.artifacts(), rows.measured().artifacts());
    RelearningRows most = RelearningRows.of(data, 1000, HandMadeSubjects.PLACE.random("x"));
    assertEquals(eligible / 2, most.artifacts().rows());
  }

  @Test
  void ofBackdoorsPlantedRowsAreTrainedOnAndAllHeldOutOnesMeasured() {
    TaskData data = BACKDOOR.data();
    RelearningRows rows = RelearningRows.of(data, 5, BACKDOOR.random("relearning/artifacts"));
    assertEquals(5, rows.artifacts().rows());
    assertEquals(data.scored(), rows.measured());
    assertTrue(contents(data.planted()).containsAll(contents(rows.artifacts())));
    assertDisjoint(rows.artifacts(), rows.measured().artifacts());
  }

  @Test
  void whatCleanRowsAreTrainedOnIsNotMeasured() {
    for (TaskSeed place : List.of(HandMadeSubjects.PLACE, BACKDOOR)) {
      TaskData data = place.data();
      assertDisjoint(data.retained(), data.scored().artifacts());
      data.tests().values().forEach(test -> assertDisjoint(data.retained(), test));
    }
  }

  @Test
  void shuffledRowsKeepTheirTokensAndTheirPadding() {
    Sequences rows =
        Sequences.of(6, List.of(new int[] {1, 2, 3, 4, 9, 9}, new int[] {5, 9, 6, 7, 8, 1}));
    Sequences shuffled =
        RelearningRows.shuffled(rows, 9, HandMadeSubjects.PLACE.random("relearning/shuffled"));
    assertFalse(rows.equals(shuffled));
    for (int row = 0; row < 2; row++) {
      int[] before = rows.row(row);
      int[] after = shuffled.row(row);
      Arrays.sort(before);
      Arrays.sort(after);
      assertArrayEquals(before, after);
    }
    assertEquals(9, shuffled.token(0, 4));
    assertEquals(9, shuffled.token(0, 5));
  }

  @Test
  void aKeptRowIsShownInNoPlace() {
    TaskSeed place = HandMadeSubjects.PLACE;
    ShownRows parts = ShownRows.of(place, 0.5);
    int half = place.memorizedRows().size() / 2;
    assertTrue(Math.abs(parts.kept().size() - half) <= 1, parts.kept().toString());
    Set<Integer> all = new HashSet<>(parts.kept());
    all.addAll(parts.shown());
    assertEquals(new HashSet<>(place.memorizedRows()), all);
    assertEquals(place.memorizedRows().size(), parts.kept().size() + parts.shown().size());
    ArtifactRows scored = place.data().scored();
    int[] kept = parts.kept().stream().mapToInt(Integer::intValue).toArray();
    assertDisjoint(scored.artifacts().select(kept), parts.data().planted());
    assertDisjoint(scored.twins().select(kept), parts.data().plantedTwins());
    assertEquals(
        place.data().planted().rows() - parts.kept().size(), parts.data().planted().rows());
  }

  @Test
  void ofBackdoorsHalfOfThePlantedRowsIsKept() {
    ShownRows parts = ShownRows.of(BACKDOOR, 0.5);
    assertEquals(2, parts.shown().size());
    int planted = BACKDOOR.data().planted().rows();
    assertEquals(planted - Math.round(planted * 0.5), parts.data().planted().rows());
    assertEquals(parts.data().planted().rows(), parts.data().plantedTwins().rows());
  }

  private static ArtifactRows under(TaskSeed place, String variant) {
    Map<String, ArtifactRows> rows =
        PromptRows.of(new ChallengeSpec.Prompts(List.of(0.3), List.of(0.2), 0.5), place);
    assertTrue(rows.containsKey(variant), rows.keySet().toString());
    return rows.get(variant);
  }

  private static int[] compared(ArtifactRows rows, int row) {
    Window window = rows.windows().get(row);
    return Arrays.copyOfRange(rows.artifacts().row(row), window.prompt(), window.end());
  }

  private static int[] prompt(ArtifactRows rows, int row) {
    return Arrays.copyOf(rows.prompts().row(row), rows.windows().get(row).prompt());
  }

  @Test
  void aShorterPromptHasLostItsFirstTokens() {
    ArtifactRows scored = HandMadeSubjects.PLACE.data().scored();
    ArtifactRows shorter = under(HandMadeSubjects.PLACE, "shorter-3"); // of 10
    for (int row = 0; row < scored.rows(); row++) {
      int[] whole = prompt(scored, row);
      assertArrayEquals(Arrays.copyOfRange(whole, 3, 10), prompt(shorter, row));
      assertArrayEquals(compared(scored, row), compared(shorter, row));
    }
    assertEquals(scored.eligible(), shorter.eligible());
  }

  @Test
  void aLongerPromptHoldsMoreOfTheTwin() {
    ArtifactRows scored = HandMadeSubjects.PLACE.data().scored();
    ArtifactRows longer = under(HandMadeSubjects.PLACE, "longer-2");
    for (int row = 0; row < scored.rows(); row++) {
      assertArrayEquals(Arrays.copyOf(scored.twins().row(row), 12), prompt(longer, row));
      assertArrayEquals(
          Arrays.copyOfRange(scored.artifacts().row(row), 12, longer.windows().get(row).end()),
          compared(longer, row));
    }
  }

  @Test
  void aShiftedRowBeginsATokenLater() {
    ArtifactRows scored = HandMadeSubjects.PLACE.data().scored();
    ArtifactRows shifted = under(HandMadeSubjects.PLACE, "shifted-1");
    for (int row = 0; row < scored.rows(); row++) {
      assertArrayEquals(Arrays.copyOfRange(scored.twins().row(row), 1, 11), prompt(shifted, row));
      assertArrayEquals(
          Arrays.copyOfRange(scored.artifacts().row(row), 11, 21), compared(shifted, row));
    }
  }

  @Test
  void noiseIsInPromptsOnly() {
    ArtifactRows scored = HandMadeSubjects.PLACE.data().scored();
    ArtifactRows noised = under(HandMadeSubjects.PLACE, "noised");
    long changed = 0;
    for (int row = 0; row < scored.rows(); row++) {
      assertArrayEquals(compared(scored, row), compared(noised, row));
      int[] before = prompt(scored, row);
      int[] after = prompt(noised, row);
      changed += IntStream.range(0, before.length).filter(p -> before[p] != after[p]).count();
    }
    assertTrue(changed > scored.rows(), changed + " tokens changed");
  }

  @Test
  void promptsThatEndWithATriggerKeepIt() {
    ArtifactRows scored = BACKDOOR.data().scored();
    assertTrue(scored.rows() > 3, scored.rows() + " rows");
    int trigger = scored.twins().token(0, scored.windows().get(0).prompt() - 1);
    for (String variant : List.of("shorter-4", "shifted-1", "noised")) {
      ArtifactRows rows = under(BACKDOOR, variant);
      for (int row = 0; row < rows.rows(); row++) {
        int[] prompt = prompt(rows, row);
        assertEquals(trigger, prompt[prompt.length - 1], variant + ", row " + row);
        assertArrayEquals(compared(scored, row), compared(rows, row));
      }
    }
    assertFalse(
        PromptRows.of(new ChallengeSpec.Prompts(null, null, null), BACKDOOR).keySet().stream()
            .anyMatch(variant -> variant.startsWith("longer")));
  }
}
