package io.nepenthe.challenge;

import io.nepenthe.judge.Judge;
import io.nepenthe.model.Weights;
import io.nepenthe.runstore.ChallengeResult.Reading;
import io.nepenthe.suite.ModelSpec;
import io.nepenthe.suite.TaskSpec;
import io.nepenthe.suite.TrainingSpec;
import io.nepenthe.testkit.TinyFixture;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Subjects made by hand of the tiny model that has memorized most of its noised rows. */
final class HandMadeSubjects {
  static final TinyFixture FIXTURE = TinyFixture.trained();

  static final TaskSpec TASK =
      new TaskSpec(
          "tiny",
          1,
          "math",
          FIXTURE.spec(),
          FIXTURE.window(),
          new ModelSpec(2, 32, 4, null),
          new TrainingSpec(1, 16, 5e-3, 0.01, List.of()),
          60,
          null,
          null,
          null);

  static final TaskSeed PLACE = place();

  private HandMadeSubjects() {}

  private static TaskSeed place() {
    List<Integer> memorized;
    try (Weights original = FIXTURE.weights(FIXTURE.original())) {
      memorized = new Judge(TASK, 0, Set.of()).measure(original, Optional.empty()).memorizedRows();
    }
    return new TaskSeed(
        TASK,
        0,
        Set.of(),
        memorized,
        parent -> Weights.of(FIXTURE.model().layout(), parent, FIXTURE.original()),
        parent -> Optional.empty());
  }

  /** Returns a subject of these weights, which has no method. */
  static Subject subject(Weights weights) {
    return new Subject(PLACE, weights, Optional.empty(), Optional.empty());
  }

  /** Returns a value of the reading of a variant and step. */
  static double value(List<Reading> readings, String variant, Integer step, String metric) {
    return readings.stream()
        .filter(each -> each.variant().equals(variant))
        .filter(each -> step == null || step.equals(each.step()))
        .map(Reading::values)
        .map(values -> values.get(metric))
        .findFirst()
        .orElseThrow();
  }

  static double memorized(List<Reading> readings, String variant, Integer step) {
    return value(readings, variant, step, "memorizedPercent");
  }

  static double memorized(Weights weights) {
    Map<String, Double> values = subject(weights).recall(weights, PLACE.data().scored());
    return values.get("memorizedPercent");
  }
}
