package io.nepenthe.challenge;

import static io.nepenthe.challenge.HandMadeSubjects.FIXTURE;
import static io.nepenthe.challenge.HandMadeSubjects.TASK;
import static io.nepenthe.challenge.HandMadeSubjects.value;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nepenthe.model.Weights;
import io.nepenthe.runstore.ChallengeResult.Reading;
import io.nepenthe.suite.ChallengeSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Attacks see a model that remembers, and none in one that was never trained. */
final class AttackedSubjectsTest {
  private static final ChallengeSpec.Membership MEMBERSHIP =
      new ChallengeSpec.Membership(null, null);
  private static final ChallengeSpec.Exposure EXPOSURE = new ChallengeSpec.Exposure(null);
  private static final ChallengeSpec.Distance DISTANCE = new ChallengeSpec.Distance(null);

  /** A place whose model without artifacts is one that was never trained. */
  private static final TaskSeed PLACE =
      new TaskSeed(
          TASK,
          0,
          Set.of(),
          List.of(),
          parent -> Weights.of(FIXTURE.model().layout(), parent, FIXTURE.original()),
          parent -> Optional.of(fresh().copyIn(parent)));

  private static Weights fresh() {
    return FIXTURE.initialWeights();
  }

  private static Subject subject(Weights weights) {
    return new Subject(PLACE, weights, Optional.empty(), Optional.empty());
  }

  private static double auc(List<Reading> readings, String variant) {
    return value(readings, variant, null, "auc");
  }

  @Test
  void membershipIsSeenInWhatRemembersAndNotInWhatWasNeverTrained() {
    List<String> variants = List.of("loss", "min-k", "min-k++", "reference");
    try (Weights original = FIXTURE.weights(FIXTURE.original());
        Weights fresh = fresh()) {
      List<Reading> remembers = new Membership().readings(MEMBERSHIP, subject(original));
      List<Reading> never = new Membership().readings(MEMBERSHIP, subject(fresh));
      assertEquals(Reading.UNCHALLENGED, remembers.get(0).variant());
      for (String variant : variants) {
        assertTrue(auc(remembers, variant) > 0.9, variant + " " + auc(remembers, variant));
        double low = value(never, variant, null, "aucLow");
        double high = value(never, variant, null, "aucHigh");
        assertTrue(low <= 0.5 && high >= 0.5, variant + " from " + low + " to " + high);
      }
      assertEquals(0.5, auc(never, "reference"), "every row is as likely as to the reference");
      assertTrue(
          value(remembers, Reading.UNCHALLENGED, null, "lossPlanted")
              < value(remembers, Reading.UNCHALLENGED, null, "lossNeverPlanted"));
    }
  }

  @Test
  void whatRemembersExposes() {
    try (Weights original = FIXTURE.weights(FIXTURE.original());
        Weights fresh = fresh()) {
      List<Reading> remembers = new Exposed().readings(EXPOSURE, subject(original));
      List<Reading> never = new Exposed().readings(EXPOSURE, subject(fresh));
      double most = bits(remembers, "maxBits");
      assertTrue(bits(remembers, "meanBits") > 0.8 * most, "mean of " + remembers);
      assertTrue(bits(never, "meanBits") < 2, "mean of " + never);
      assertEquals(most, bits(remembers, "medianBits"), 1e-9, "most rows are first");
    }
  }

  private static double bits(List<Reading> readings, String value) {
    return value(readings, Reading.UNCHALLENGED, null, value);
  }

  @Test
  void distanceIsNoneToItselfAndMoreOnArtifactsThatAreRemembered() {
    try (Weights original = FIXTURE.weights(FIXTURE.original());
        Weights fresh = fresh()) {
      Map<String, Double> none = new Distance().readings(DISTANCE, subject(fresh)).get(0).values();
      assertEquals(Map.of("klTest", 0.0, "klArtifacts", 0.0, "forgetD", 0.0, "forgetP", 1.0), none);
      Map<String, Double> far =
          new Distance().readings(DISTANCE, subject(original)).get(0).values();
      assertTrue(far.get("klArtifacts") > 0.1, far.toString());
      assertTrue(far.get("klTest") > 0.1, far.toString());
      assertTrue(far.get("forgetD") > 0.5 && far.get("forgetP") < 0.05, far.toString());
    }
  }

  @Test
  void withoutARetrainedModelThereIsNoDistanceAndNoReference() {
    try (Weights original = FIXTURE.weights(FIXTURE.original())) {
      Subject alone = HandMadeSubjects.subject(original);
      assertEquals(List.of(), new Distance().readings(DISTANCE, alone));
      assertFalse(
          new Membership()
              .readings(MEMBERSHIP, alone).stream()
                  .anyMatch(reading -> reading.variant().equals("reference")));
    }
  }

  @Test
  void otherChallengesMeasureAttacksWhereTheyAreAskedTo() {
    try (Weights original = FIXTURE.weights(FIXTURE.original())) {
      Subject subject = subject(original);
      List<Reading> plain =
          new Rounding().readings(new ChallengeSpec.Rounding(List.of("int8")), subject);
      List<Reading> attacked =
          new Rounding().readings(new ChallengeSpec.Rounding(List.of("int8"), true), subject);
      assertFalse(plain.get(1).values().containsKey("membershipLoss"));
      assertTrue(value(attacked, "int8", null, "membershipLoss") > 0.9);
      assertEquals(
          auc(new Membership().readings(MEMBERSHIP, subject), "loss"),
          value(attacked, Reading.UNCHALLENGED, null, "membershipLoss"));
      assertTrue(value(attacked, "int8", null, Attacks.EXPOSURE) > 2);
    }
  }

  @Test
  void parametersAreChecked() {
    assertThrows(IllegalArgumentException.class, () -> new ChallengeSpec.Membership(1, null));
    assertThrows(IllegalArgumentException.class, () -> new ChallengeSpec.Membership(null, 0.0));
    assertThrows(IllegalArgumentException.class, () -> new ChallengeSpec.Exposure(0));
    assertThrows(IllegalArgumentException.class, () -> new ChallengeSpec.Distance(-3));
  }
}
