package io.nepenthe.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.nepenthe.plugin.HyperparameterSpec.Step;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class HyperparameterSpecTest {
  private static final HyperparameterSpec RATIO =
      new HyperparameterSpec(
          HyperparameterSpec.Type.REAL, 0.25, 0.75, false, false, 0.5, Step.EDIT, "share");
  private static final HyperparameterSpec EPOCHS =
      new HyperparameterSpec(
          HyperparameterSpec.Type.INTEGER, 2, 10, false, false, 5, Step.EDIT, "epochs");

  @Test
  void bothBoundsAreInTheRange() {
    assertEquals(0.25, RATIO.check("ratio", 0.25));
    assertEquals(0.75, RATIO.check("ratio", 0.75));
    assertEquals(2L, EPOCHS.check("epochs", 2));
    assertEquals(10L, EPOCHS.check("epochs", 10.0));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.2499, 0.7501, Double.NaN, Double.POSITIVE_INFINITY, -0.5})
  void realsOutOfRangeAreRefusedByNameAndValue(double value) {
    assertEquals("ratio is " + value + ", must be in [0.25, 0.75]", refused(RATIO, "ratio", value));
  }

  @ParameterizedTest
  @ValueSource(doubles = {1, 11, 2.5, Double.NaN, Double.NEGATIVE_INFINITY})
  void integersOutOfRangeAreRefusedByNameAndValue(double value) {
    assertEquals(
        "epochs is " + value + ", must be a whole number in [2, 10]",
        refused(EPOCHS, "epochs", value));
  }

  @Test
  void aBoundThatIsExcludedIsNotInTheRange() {
    HyperparameterSpec rate =
        new HyperparameterSpec(
            HyperparameterSpec.Type.REAL, 0, 1, true, false, 0.5, Step.EDIT, "rate");
    assertEquals("rate is 0.0, must be in (0, 1]", refused(rate, "rate", 0.0));
    assertEquals(Double.MIN_VALUE, rate.check("rate", rate.smallest()));
    assertEquals(1.0, rate.check("rate", rate.largest()));
    HyperparameterSpec rank =
        new HyperparameterSpec(
            HyperparameterSpec.Type.INTEGER, 2, 5, true, true, 3, Step.EDIT, "rank");
    assertEquals("rank is 5, must be a whole number in (2, 5)", refused(rank, "rank", 5));
    assertEquals(List.of(3L, 4L), List.of(rank.smallest(), rank.largest()));
  }

  @Test
  void aDefaultOnAnExcludedBoundIsRefused() {
    for (double excluded : new double[] {0, 1}) {
      assertThrows(
          IllegalArgumentException.class,
          () ->
              new HyperparameterSpec(
                  HyperparameterSpec.Type.REAL, 0, 1, true, true, excluded, Step.EDIT, "x"));
    }
  }

  @Test
  void textIsNoValue() {
    assertEquals(
        "ratio is the text '0.5', must be in [0.25, 0.75]", refused(RATIO, "ratio", "0.5"));
  }

  @ParameterizedTest
  @CsvSource({"0, 1, 2", "0, 1, -1", "1, 0, 0.5"})
  void defaultsOutOfTheirOwnRangeAreRefused(double min, double max, double defaultValue) {
    assertThrows(
        IllegalArgumentException.class,
        () ->
            new HyperparameterSpec(
                HyperparameterSpec.Type.REAL,
                min,
                max,
                false,
                false,
                defaultValue,
                Step.EDIT,
                "x"));
  }

  private static String refused(HyperparameterSpec spec, String name, Object value) {
    return assertThrows(IllegalArgumentException.class, () -> spec.check(name, value)).getMessage();
  }
}
