package io.nepenthe.plugins.retrainwithoutartifacts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nepenthe.data.Sequences;
import io.nepenthe.model.Weights;
import io.nepenthe.plugin.MitigationContext;
import io.nepenthe.testkit.TinyFixture;
import io.nepenthe.training.OptimizerState;
import io.nepenthe.training.Training;
import io.nepenthe.training.TrainingHook;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RetrainWithoutArtifactsTest {
  private final TinyFixture fixture = TinyFixture.trained();
  private final RetrainWithoutArtifacts method = new RetrainWithoutArtifacts();

  private Sequences rows() {
    MitigationContext context = fixture.context(0);
    context.weights().close();
    return method.trainingRows(fixture.data().train(), context);
  }

  private static Set<List<Integer>> distinct(Sequences rows) {
    Set<List<Integer>> distinct = new HashSet<>();
    for (int row : rows.indices()) {
      distinct.add(Arrays.stream(rows.row(row)).boxed().toList());
    }
    return distinct;
  }

  @Test
  void trainsOnEveryRowButTheArtifacts() {
    Sequences planted = fixture.data().planted();
    Set<List<Integer>> left = distinct(fixture.data().train());
    left.removeAll(distinct(planted));
    assertTrue(left.equals(distinct(rows())), "not every row, or an artifact");
    assertEquals(fixture.data().train().rows() - planted.rows(), rows().rows());
  }

  @Test
  void nothingElseTakesPart() {
    MitigationContext context = fixture.context(0);
    context.weights().close();
    assertSame(
        TrainingHook.NONE, method.hook(new RetrainWithoutArtifacts.Hyperparameters(), context));
  }

  @Test
  void asManyPassesLeaveAModelThatMemorizedNothing() {
    try (Weights weights = fixture.initialWeights();
        Training training =
            fixture.training(weights, rows(), TrainingHook.NONE, OptimizerState.FRESH)) {
      for (int pass = 0; pass < fixture.training().passes(); pass++) {
        training.pass(pass);
      }
      assertTrue(fixture.memorization(fixture.original()).memorized() > 0);
      assertEquals(0, fixture.memorization(weights.toFloats()).memorized());
    }
  }
}
