package io.nepenthe.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nepenthe.protocol.NepentheException;
import io.nepenthe.run.TinySuite;
import io.nepenthe.suite.ChallengeSpec;
import io.nepenthe.suite.MethodChoice;
import io.nepenthe.suite.Suite;
import java.util.List;
import org.junit.jupiter.api.Test;

final class StudySuiteTest {
  private static final Suite SUITE =
      TinySuite.suite(List.of(0L, 1L), 60, "no-mitigation", "act", "zero");

  private static final PoolMethods POOLS =
      new PoolMethods("no-mitigation", "retrain-without-artifacts");

  private static List<String> methods(Suite suite) {
    return suite.methods().stream().map(MethodChoice::id).toList();
  }

  @Test
  void poolsAreChallengedAndNothingElseIsRun() {
    Suite studied = StudySuite.of(SUITE, POOLS, List.of(), List.of(), List.of());
    assertEquals(List.of("no-mitigation", "retrain-without-artifacts"), methods(studied));
    assertEquals(List.of(0L, 1L), studied.seeds());
    assertEquals(
        List.of("relearning", "rounding", "membership", "exposure"),
        studied.challenges().stream().map(ChallengeSpec::kind).toList());
    assertTrue(((ChallengeSpec.Relearning) studied.challenges().get(0)).isAttacked());
    assertTrue(((ChallengeSpec.Rounding) studied.challenges().get(1)).isAttacked());
  }

  @Test
  void seedsMethodsAndTasksAreThoseAskedFor() {
    Suite studied =
        StudySuite.of(SUITE, POOLS, List.of(TinySuite.TASK), List.of(5L, 6L, 7L), List.of("zero"));
    assertEquals(List.of(5L, 6L, 7L), studied.seeds());
    assertEquals(List.of("no-mitigation", "zero", "retrain-without-artifacts"), methods(studied));
    assertThrows(
        NepentheException.class,
        () -> StudySuite.of(SUITE, POOLS, List.of("other"), List.of(), List.of()));
  }
}
