package io.nepenthe.attack;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import io.nepenthe.data.Sequences;
import io.nepenthe.data.Window;
import io.nepenthe.task.ArtifactRows;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class PredictionDistanceTest {
  private static final ArtifactRows ROWS = SteppedModel.rows(18);

  @Test
  void divergenceIsThatOfStepsOfOneToken() {
    SteppedModel.with(
        1,
        (reference, manager) ->
            SteppedModel.with(
                2,
                (model, unused) -> {
                  PredictionDistance distance = new PredictionDistance(reference, model, manager);
                  double ofRows = 0;
                  double ofWindows = 0;
                  int compared = 0;
                  for (int row = 0; row < ROWS.rows(); row++) {
                    int last = SteppedModel.LENGTH - 1;
                    int[] whole = ROWS.twins().row(row);
                    ofRows += divergence(reference, model, manager, whole, 0, last);
                    Window window = ROWS.windows().get(row);
                    int[] forced = SteppedModel.forced(ROWS, ROWS.artifacts(), row);
                    ofWindows +=
                        divergence(
                            reference,
                            model,
                            manager,
                            forced,
                            window.prompt() - 1,
                            window.end() - 1);
                    compared += window.compare();
                  }
                  double byRows = ofRows / (ROWS.rows() * (SteppedModel.LENGTH - 1));
                  assertTrue(byRows > 0.05, "the models are alike: " + byRows);
                  assertEquals(byRows, distance.ofRows(ROWS.twins()), 1e-4);
                  assertEquals(ofWindows / compared, distance.ofWindows(ROWS).divergence(), 1e-4);
                }));
  }

  private static double divergence(
      LoadedModel reference, LoadedModel model, NDManager manager, int[] tokens, int from, int to) {
    double[][] expected = SteppedModel.logProbabilities(reference, manager, tokens);
    double[][] found = SteppedModel.logProbabilities(model, manager, tokens);
    double sum = 0;
    for (int p = from; p < to; p++) {
      for (int v = 0; v < expected[p].length; v++) {
        sum += Math.exp(expected[p][v]) * (expected[p][v] - found[p][v]);
      }
    }
    return sum;
  }

  @Test
  void truthRatiosAreOfMeansOfLogP() {
    SteppedModel.with(
        1,
        (reference, manager) ->
            SteppedModel.with(
                2,
                (model, unused) -> {
                  WindowDistance distance =
                      new PredictionDistance(reference, model, manager).ofWindows(ROWS);
                  assertArrayEquals(
                      logTruthRatios(model, manager), distance.logTruthRatios(), 1e-4);
                  assertArrayEquals(
                      logTruthRatios(reference, manager), distance.referenceLogTruthRatios(), 1e-4);
                }));
  }

  private static double[] logTruthRatios(LoadedModel loaded, NDManager manager) {
    return IntStream.range(0, ROWS.rows())
        .mapToDouble(
            row ->
                meanLog(loaded, manager, ROWS.twins(), row)
                    - meanLog(loaded, manager, ROWS.artifacts(), row))
        .toArray();
  }

  private static double meanLog(
      LoadedModel loaded, NDManager manager, Sequences continuation, int row) {
    Window window = ROWS.windows().get(row);
    int[] tokens = SteppedModel.forced(ROWS, continuation, row);
    double[][] logs = SteppedModel.logProbabilities(loaded, manager, tokens);
    return IntStream.range(window.prompt(), window.end())
            .mapToDouble(p -> logs[p - 1][tokens[p]])
            .sum()
        / window.compare();
  }

  @Test
  void aModelIsNowhereFarFromItself() {
    SteppedModel.with(
        1,
        (model, manager) -> {
          PredictionDistance distance = new PredictionDistance(model, model, manager);
          assertEquals(0, distance.ofRows(ROWS.artifacts()));
          assertEquals(0, distance.ofWindows(ROWS).divergence());
          assertArrayEquals(
              distance.ofWindows(ROWS).referenceLogTruthRatios(),
              distance.ofWindows(ROWS).logTruthRatios());
        });
  }
}
