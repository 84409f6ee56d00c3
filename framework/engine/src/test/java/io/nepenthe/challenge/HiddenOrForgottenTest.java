package io.nepenthe.challenge;

import static io.nepenthe.challenge.HandMadeSubjects.FIXTURE;
import static io.nepenthe.challenge.HandMadeSubjects.PLACE;
import static io.nepenthe.challenge.HandMadeSubjects.memorized;
import static io.nepenthe.challenge.HandMadeSubjects.subject;
import static io.nepenthe.challenge.HandMadeSubjects.value;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nepenthe.model.TensorSpec;
import io.nepenthe.model.Weights;
import io.nepenthe.runstore.ChallengeResult.Reading;
import io.nepenthe.suite.ChallengeSpec;
import io.nepenthe.training.OptimizerState;
import io.nepenthe.training.Training;
import io.nepenthe.training.TrainingHook;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Challenges tell models that hide text from those that have forgotten it, or that are no use. */
class HiddenOrForgottenTest {
  private static final ChallengeSpec.Relearning RELEARNING =
      new ChallengeSpec.Relearning(4, List.of(0, 1, 2, 4), 1.0, null);

  private static final int MOST_TRIES = 100;

  private static final ChallengeSpec.Prompts PROMPTS = new ChallengeSpec.Prompts(null, null, null);

  private static List<Reading> relearning(Weights weights) {
    return new Relearning().readings(RELEARNING, subject(weights));
  }

  private static double most(List<Reading> readings, String variant) {
    return readings.stream()
        .filter(each -> each.variant().equals(variant))
        .mapToDouble(each -> each.values().get("memorizedPercent"))
        .max()
        .orElseThrow();
  }

  /** Suppresses a token that most rows hold where they are compared, by the final norm's bias. */
  private static Weights suppressing() {
    List<String> norms = FIXTURE.model().norms();
    Weights weights = FIXTURE.weights(FIXTURE.original());
    TensorSpec bias = weights.layout().tensor(norms.get(norms.size() - 1));
    TensorSpec head = weights.layout().tensor(FIXTURE.model().embeddings().get(0));
    int width = FIXTURE.model().width();
    float[] values = weights.values(bias, 0, width);
    float[] token = weights.values(head, (long) mostCompared() * width, width);
    for (int tries = 0; memorized(weights) > 0; tries++) {
      assertTrue(tries < MOST_TRIES, "still memorized: " + memorized(weights));
      for (int i = 0; i < width; i++) {
        values[i] -= 0.4f * token[i];
      }
      weights.write(bias.offset(), values);
    }
    return weights;
  }

  private static int mostCompared() {
    int[] counts = new int[FIXTURE.model().vocabulary()];
    for (int row = 0; row < FIXTURE.memorized().rows(); row++) {
      boolean[] seen = new boolean[counts.length];
      for (int p = FIXTURE.window().prompt(); p < FIXTURE.window().end(); p++) {
        seen[FIXTURE.memorized().token(row, p)] = true;
      }
      for (int id = 0; id < counts.length; id++) {
        counts[id] += seen[id] ? 1 : 0;
      }
    }
    int most = 0;
    for (int id = 0; id < counts.length; id++) {
      most = counts[id] > counts[most] ? id : most;
    }
    return most;
  }

  @Test
  void aModelThatSuppressesTokensRemembersAfterAFewStepsOnCleanRows() {
    try (Weights original = FIXTURE.weights(FIXTURE.original());
        Weights hiding = suppressing()) {
      double before = memorized(original);
      List<Reading> readings = relearning(hiding);
      assertEquals(0, memorized(readings, Reading.UNCHALLENGED, null));
      assertEquals(0, memorized(readings, "clean-rows", 0));
      assertTrue(before > 60, "the original memorizes " + before + " %");
      assertTrue(most(readings, "clean-rows") > before / 4, readings.toString());
      assertTrue(most(readings, "artifacts") > before / 4, readings.toString());
    }
  }

  /** Breaks what the model reads at the last token of the task's prompt, and nowhere else. */
  private static Weights deafAtOnePosition() {
    Weights weights = FIXTURE.weights(FIXTURE.original());
    TensorSpec positions = weights.layout().tensor(FIXTURE.model().embeddings().get(1));
    int width = FIXTURE.model().width();
    long from = (FIXTURE.window().prompt() - 1L) * width;
    float[] values = weights.values(positions, from, width);
    for (int tries = 0; memorized(weights) > 0; tries++) {
      assertTrue(tries < MOST_TRIES, "still memorized: " + memorized(weights));
      for (int i = 0; i < width; i++) {
        values[i] += i % 2 == 0 ? 0.02f : -0.02f;
      }
      weights.write(positions.offset() + from, values);
    }
    return weights;
  }

  @Test
  void aModelThatHidesFromOnePromptTellsUnderAnother() {
    try (Weights hiding = deafAtOnePosition()) {
      List<Reading> readings = new Prompts().readings(PROMPTS, subject(hiding));
      assertEquals(0, memorized(readings, Reading.UNCHALLENGED, null));
      double worst =
          readings.stream()
              .mapToDouble(each -> each.values().get("memorizedPercent"))
              .max()
              .orElseThrow();
      assertTrue(worst > 30, readings.toString());
    }
  }

  @Test
  void aDestroyedModelForgetsAndIsNoUse() {
    try (Weights destroyed = FIXTURE.initialWeights();
        Weights original = FIXTURE.weights(FIXTURE.original())) {
      List<Reading> readings = relearning(destroyed);
      assertEquals(0, most(readings, "artifacts"));
      assertEquals(0, most(readings, "clean-rows"));
      double useful = value(relearning(original), Reading.UNCHALLENGED, null, "accuracyPercent");
      double left = value(readings, Reading.UNCHALLENGED, null, "accuracyPercent");
      assertTrue(left < useful / 2, left + " of " + useful + " % accuracy are left");
    }
  }

  @Test
  void aModelThatWasTrainedWithoutArtifactsHasNothingToRemember() {
    try (Weights retrained = FIXTURE.initialWeights();
        Training training =
            FIXTURE.training(
                retrained, PLACE.data().extra(), TrainingHook.NONE, OptimizerState.FRESH)) {
      for (int pass = 0; pass < 12; pass++) {
        training.pass(pass);
      }
      List<Reading> readings = relearning(retrained);
      for (Reading reading : readings) {
        assertTrue(reading.values().get("memorizedPercent") < 10, reading.toString());
      }
      double accuracy = value(readings, Reading.UNCHALLENGED, null, "accuracyPercent");
      assertTrue(accuracy > 50, "the model is of no use: " + accuracy);
    }
  }

  @Test
  void challengesLeaveTheModelAsItIs() throws InterruptedException {
    try (Weights weights = FIXTURE.weights(FIXTURE.original())) {
      String before = weights.hash();
      List<Reading> first =
          Challenges.readings(
              List.of(RELEARNING, new ChallengeSpec.Rounding(null), PROMPTS), subject(weights));
      assertEquals(before, weights.hash());
      for (String kind : List.of("relearning", "rounding", "prompts")) {
        Reading begin =
            first.stream().filter(each -> each.challenge().equals(kind)).findFirst().orElseThrow();
        assertEquals(Reading.UNCHALLENGED, begin.variant());
      }
    }
  }
}
