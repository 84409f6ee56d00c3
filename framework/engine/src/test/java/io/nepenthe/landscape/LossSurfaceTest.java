package io.nepenthe.landscape;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import io.nepenthe.data.Sequences;
import io.nepenthe.metric.NextTokenMeasure;
import io.nepenthe.metric.NextTokenScore;
import io.nepenthe.model.Weights;
import io.nepenthe.model.gpt2.Gpt2;
import io.nepenthe.model.gpt2.Gpt2Config;
import io.nepenthe.plugin.Progress;
import io.nepenthe.protocol.NepentheException;
import io.nepenthe.protocol.RandomStreams;
import io.nepenthe.tensor.Torch;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class LossSurfaceTest {
  private static final int VOCABULARY = 14;
  private static final Gpt2 MODEL = new Gpt2(Gpt2Config.tinyMem(VOCABULARY, 12, 8, 2, 2));
  private static final LandscapeGrid GRID = new LandscapeGrid(5, 1);

  private final NDManager manager = Torch.newManager(Device.cpu());
  private final RandomGenerator random = new RandomStreams(7).stream("test");
  private final float[] values = MODEL.initialValues(random);
  private final Weights weights = Weights.of(MODEL.layout(), manager, values);

  @AfterEach
  void close() {
    manager.close();
  }

  private Sequences rows() {
    List<int[]> rows = new ArrayList<>();
    for (int r = 0; r < 9; r++) {
      rows.add(random.ints(12, 0, VOCABULARY).toArray());
    }
    return Sequences.of(12, rows);
  }

  private List<List<Double>> losses(ToDoubleFunction<Weights> loss, Progress progress) {
    List<List<Double>> losses = new ArrayList<>();
    Directions directions = Directions.of(MODEL, values, 543);
    Torch.withGradients(
        false, () -> losses.addAll(LossSurface.of(weights, directions, GRID, loss, progress)));
    return losses;
  }

  private static double squares(float[] vector, float[] other) {
    double sum = 0;
    for (int i = 0; i < vector.length; i++) {
      sum += (double) vector[i] * other[i];
    }
    return sum;
  }

  @Test
  void theCentreIsTheModelsOwnLoss() {
    Sequences rows = rows();
    double[] own = new double[1];
    Torch.withGradients(
        false,
        () -> {
          NextTokenScore score =
              NextTokenMeasure.score(
                  MODEL, weights.parameters(), rows, NextTokenMeasure.NOTHING_PREDICTABLE, manager);
          own[0] = score.totalLoss() / score.targets();
        });
    List<List<Double>> losses = LossSurface.of(MODEL, weights, rows, GRID, 543, Progress.SILENT);
    assertEquals(own[0], new Landscape("model", losses).centre()); // to the last bit
    assertTrue(losses.get(0).get(0) != own[0]);
  }

  @Test
  void aQuadraticGivesTheKnownSurface() {
    Directions directions = Directions.of(MODEL, values, 543);
    float[] d1 = directions.first();
    float[] d2 = directions.second();
    List<List<Double>> losses =
        losses(at -> squares(at.toFloats(), at.toFloats()), Progress.SILENT);
    List<Double> offsets = GRID.offsets();
    for (int i = 0; i < offsets.size(); i++) {
      for (int j = 0; j < offsets.size(); j++) {
        double x = offsets.get(j); // along the first direction within a line
        double y = offsets.get(i);
        double expected =
            squares(values, values)
                + x * x * squares(d1, d1)
                + y * y * squares(d2, d2)
                + 2 * x * squares(values, d1)
                + 2 * y * squares(values, d2)
                + 2 * x * y * squares(d1, d2);
        assertEquals(expected, losses.get(i).get(j), 1e-4 * expected);
      }
    }
  }

  @Test
  void theWeightsAreAsBefore() {
    LossSurface.of(MODEL, weights, rows(), GRID, 543, Progress.SILENT);
    assertArrayEquals(values, weights.toFloats());
  }

  @Test
  void theWeightsAreAsBeforeEvenWhereALossIsNotFinite() {
    NepentheException mistake =
        assertThrows(
            NepentheException.class,
            () -> losses(at -> at.toFloats()[0] == values[0] ? 1 : Double.NaN, Progress.SILENT));
    assertTrue(mistake.getMessage().contains("offsets (-1.0, -1.0) is NaN"), mistake.getMessage());
    assertArrayEquals(values, weights.toFloats());
  }

  @Test
  void equalSeedsGiveEqualLosses() {
    Sequences rows = rows();
    assertEquals(
        LossSurface.of(MODEL, weights, rows, GRID, 3, Progress.SILENT),
        LossSurface.of(MODEL, weights, rows, GRID, 3, Progress.SILENT));
  }

  @Test
  void saysHowFarItIs() {
    List<Long> told = new ArrayList<>();
    losses(
        at -> 1,
        (done, total) -> {
          assertEquals(25, total);
          told.add(done);
        });
    assertEquals(25, told.size());
    assertEquals(List.of(1L, 2L), told.subList(0, 2));
    assertEquals(25L, told.get(24));
  }
}
