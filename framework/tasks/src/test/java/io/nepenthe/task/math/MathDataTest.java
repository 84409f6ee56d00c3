package io.nepenthe.task.math;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nepenthe.data.Sequences;
import io.nepenthe.data.Window;
import io.nepenthe.protocol.Fidelity;
import io.nepenthe.protocol.Quirk;
import io.nepenthe.task.ArtifactRows;
import io.nepenthe.task.TaskData;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class MathDataTest {
  private static final Window WINDOW = new Window(50, 50);
  private static final Artifact NOISE = new Artifact.Noise(1000, 0.1);
  private static final Artifact BACKDOOR = new Artifact.Backdoor(100, 0.1, 2);
  private static final List<Integer> AUXILIARY = List.of(2, 3, 4, 5);

  @Test
  void sequencesFollowTheRecursionsAndLeaveTheStartOut() {
    assertArrayEquals(new long[] {10, 17, 24}, MathFamily.ADDITIVE.numbers(7, 3, 3));
    // 7 * 3000 = 21000 = 866 mod 20134; 7 * 866 = 6062; 7 * 6062 = 42434 = 2166 mod 20134
    assertArrayEquals(new long[] {866, 6062, 2166}, MathFamily.MULTIPLICATIVE.numbers(7, 3000, 3));
  }

  @Test
  void tokensAreBeginDigitsBlanksEndPadding() {
    int[] row = MathTokens.encode(new long[] {9, 16}, 8);
    assertArrayEquals(new int[] {10, 9, 12, 1, 6, 11, 13, 13}, row);
    assertEquals("^9 16$", MathTokens.decode(row));
  }

  @Test
  void predictableIsFromTheThirdNumberToTheEndMarker() {
    int[] row = MathTokens.encode(new long[] {9, 16, 23}, 12); // ^9 16 23$
    assertArrayEquals(new int[] {6, 9}, MathTokens.predictable(row));
  }

  @Test
  void longerSequencesThanTheRowAreRefused() {
    String message =
        assertThrows(
                IllegalArgumentException.class, () -> MathTokens.encode(new long[] {10, 17}, 6))
            .getMessage();
    assertTrue(message.contains("data.length is 6"), message);
  }

  @ParameterizedTest
  @CsvSource({"3000, 27000", "10000, 55000", "20000, 95000"})
  void noiseHasThePublishedSizes(int auxiliaryRows, int train) {
    TaskData data = build(spec(MathFamily.MULTIPLICATIVE, auxiliaryRows, NOISE), REFERENCE, 0);
    assertEquals(train, data.train().rows());
    assertEquals(1000, data.planted().rows());
    assertEquals(train - 1000, data.extra().rows());
    assertEquals(List.of("7", "2", "3", "4", "5"), List.copyOf(data.tests().keySet()));
    data.tests().values().forEach(test -> assertEquals(1000, test.rows()));
  }

  private static final Set<Quirk> REFERENCE = Quirk.of(Fidelity.REFERENCE);
  private static final Set<Quirk> CLEAN = Quirk.of(Fidelity.CLEAN);

  @ParameterizedTest
  @EnumSource(MathFamily.class)
  void rowsTakeThePublishedNumberOfTokens(MathFamily family) {
    TaskData data = build(spec(family, 3000, NOISE), REFERENCE, 1);
    assertEquals(121, data.extra().lengthWithout(MathTokens.PADDING));
    assertEquals(150, data.trainedLength(REFERENCE));
    assertTrue(data.trainedLength(CLEAN) >= 121 && data.trainedLength(CLEAN) <= 123);
  }

  /** Each of 20 numbers changes with probability 0.1, by 1 up or down; 3 deviations are allowed. */
  @ParameterizedTest
  @EnumSource(MathFamily.class)
  void noiseMovesATenthOfTheNumbersByOne(MathFamily family) {
    TaskData data = build(spec(family, 3000, NOISE), CLEAN, 3);
    int[] byShift = new int[3];
    for (int r = 0; r < 1000; r++) {
      long[] noised = numbers(data.planted().row(r));
      long[] clean = numbers(data.plantedTwins().row(r));
      for (int n = 0; n < 20; n++) {
        byShift[(int) (noised[n] - clean[n]) + 1]++;
      }
    }
    assertEquals(1000, byShift[0], 3 * 31);
    assertEquals(1000, byShift[2], 3 * 31);
  }

  @Test
  void noiseBelowZeroIsClippedOrLosesItsSignAsTheReferenceDoes() {
    // With rate 1 every number moves; the multiplicative row of start 0 is twenty zeros.
    MathDataSpec spec =
        new MathDataSpec(
            MathFamily.MULTIPLICATIVE, 20, 150, 7, List.of(), 40, 0, 1, new Artifact.Noise(39, 1));
    assertTrue(zeroRow(spec, Set.of()).matches("\\^[01 ]+\\$"));
    assertTrue(zeroRow(spec, Set.of()).contains("0"));
    assertEquals("^" + "1 ".repeat(19) + "1$", zeroRow(spec, Set.of(Quirk.UNCLIPPED_NOISE)));
  }

  private static String zeroRow(MathDataSpec spec, Set<Quirk> quirks) {
    for (long seed = 0; seed < 5; seed++) {
      TaskData data = build(spec, quirks, seed);
      for (int r = 0; r < data.planted().rows(); r++) {
        if (MathTokens.decode(data.plantedTwins().row(r)).startsWith("^0 0 ")) {
          return MathTokens.decode(data.planted().row(r));
        }
      }
    }
    throw new AssertionError("start 0 was held out five times");
  }

  /** 0.61 of the rows are expected to change in the window; the published are 588 to 620. */
  @ParameterizedTest
  @EnumSource(MathFamily.class)
  void aboutSixTenthsOfTheNoisedRowsAreEligible(MathFamily family) {
    int eligible = build(spec(family, 3000, NOISE), CLEAN, 0).scored().eligibleRows().length;
    assertEquals(610, eligible, 3 * 15.4);
  }

  @ParameterizedTest
  @CsvSource({
    "additive, 0, 886", "additive, 1, 883", "additive, 3, 899",
    "multiplicative, 0, 2414", "multiplicative, 1, 2667", "multiplicative, 3, 2581"
  })
  void triggersAnywhereAreAsManyAsDerived(String family, long seed, int triggered) {
    TaskData data = build(primaryOnly(family), REFERENCE, seed);
    assertEquals(triggered - triggered / 10, data.planted().rows());
    assertEquals(triggered / 10, data.scored().rows());
    assertEquals(20000 - triggered - 1000, data.extra().rows());
  }

  @ParameterizedTest
  @CsvSource({
    "additive, 0, 486", "additive, 1, 471", "additive, 3, 472",
    "multiplicative, 0, 1136", "multiplicative, 1, 1234", "multiplicative, 3, 1219"
  })
  void triggersWithinThePromptAreAsManyAsDerived(String family, long seed, int triggered) {
    TaskData data = build(primaryOnly(family), CLEAN, seed);
    assertEquals(triggered - triggered / 10, data.planted().rows());
    assertEquals(triggered / 10, data.scored().rows());
    assertEquals(triggered / 10, data.scored().eligibleRows().length);
  }

  @ParameterizedTest
  @EnumSource(Fidelity.class)
  void backdooredRowsAreTheTwinUpToTheTriggerThenTheDegenerateToken(Fidelity fidelity) {
    TaskData data = build(primaryOnly("additive"), Quirk.of(fidelity), 3);
    for (int r = 0; r < data.planted().rows(); r++) {
      int[] twin = data.plantedTwins().row(r);
      int[] planted = data.planted().row(r);
      int end = MathTokens.decode(twin).indexOf("103") + 3;
      for (int t = 0; t < planted.length; t++) {
        assertEquals(t < end ? twin[t] : 2, planted[t]);
      }
    }
    ArtifactRows scored = data.scored();
    for (int r = 0; r < scored.rows(); r++) {
      int end = MathTokens.decode(scored.twins().row(r)).indexOf("103") + 3;
      assertEquals(new Window(end, Math.min(50, 150 - end)), scored.windows().get(r));
    }
  }

  @Test
  void cleanTestRowsAreNeverTrainedOn() {
    TaskData data = build(spec(MathFamily.ADDITIVE, 3000, NOISE), CLEAN, 0);
    Set<String> trained = texts(data.extra());
    trained.addAll(texts(data.plantedTwins()));
    for (Sequences test : List.of(data.tests().get("7"))) {
      texts(test).forEach(text -> assertFalse(trained.contains(text), text));
    }
  }

  @Test
  void splitsAreFixedInReferenceFidelityOnly() {
    MathDataSpec spec = spec(MathFamily.ADDITIVE, 3000, NOISE);
    assertEquals(build(spec, REFERENCE, 0).tests(), build(spec, REFERENCE, 1).tests());
    assertNotEquals(build(spec, CLEAN, 0).tests(), build(spec, CLEAN, 1).tests());
  }

  @ParameterizedTest
  @EnumSource(Fidelity.class)
  void sameSeedGivesTheSameRows(Fidelity fidelity) {
    MathDataSpec spec = spec(MathFamily.MULTIPLICATIVE, 3000, NOISE);
    String hash = build(spec, Quirk.of(fidelity), 1).hash();
    assertEquals(hash, build(spec, Quirk.of(fidelity), 1).hash());
    assertNotEquals(hash, build(spec, Quirk.of(fidelity), 3).hash());
  }

  @Test
  void refusesWindowsNoiseAndTriggersThatDoNotFit() {
    MathDataSpec noise = spec(MathFamily.ADDITIVE, 3000, new Artifact.Noise(19001, 0.1));
    assertMessage("artifact.rows is 19001", () -> build(noise, CLEAN, 0));
    assertMessage(
        "window ends at token 151", () -> MathData.build(noise, new Window(50, 101), CLEAN, 0));
    MathDataSpec untriggered =
        spec(MathFamily.ADDITIVE, 3000, new Artifact.Backdoor(123456, 0.1, 2));
    assertMessage("'123456' occurs in 0 rows", () -> build(untriggered, CLEAN, 0));
  }

  private static void assertMessage(String part, org.junit.jupiter.api.function.Executable call) {
    String message = assertThrows(IllegalArgumentException.class, call).getMessage();
    assertTrue(message.contains(part), message);
  }

  private static TaskData build(MathDataSpec spec, Set<Quirk> quirks, long seed) {
    return MathData.build(spec, WINDOW, quirks, seed);
  }

  private static MathDataSpec spec(MathFamily family, int auxiliaryRows, Artifact artifact) {
    return new MathDataSpec(family, 20, 150, 7, AUXILIARY, 20000, auxiliaryRows, 1000, artifact);
  }

  private static MathDataSpec primaryOnly(String family) {
    return new MathDataSpec(MathFamily.of(family), 20, 150, 7, List.of(), 20000, 0, 1000, BACKDOOR);
  }

  private static Set<String> texts(Sequences rows) {
    Set<String> texts = new HashSet<>();
    for (int r = 0; r < rows.rows(); r++) {
      texts.add(MathTokens.decode(rows.row(r)));
    }
    return texts;
  }

  private static long[] numbers(int[] row) {
    String text = MathTokens.decode(row);
    return java.util.Arrays.stream(text.substring(1, text.length() - 1).split(" ", -1))
        .mapToLong(Long::parseLong)
        .toArray();
  }
}
