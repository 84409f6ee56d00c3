package io.nepenthe.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import io.nepenthe.data.Sequences;
import io.nepenthe.model.Weights;
import io.nepenthe.model.gpt2.Gpt2;
import io.nepenthe.model.gpt2.Gpt2Config;
import io.nepenthe.protocol.RandomStreams;
import io.nepenthe.tensor.AdamWSettings;
import io.nepenthe.tensor.Torch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class TrainingTest {
  private final Gpt2 model = new Gpt2(Gpt2Config.tinyMem(14, 16, 16, 2, 2));
  private final RandomStreams streams = new RandomStreams(3);
  private final Sequences rows = rows(80);
  private TrainingSettings settings = new TrainingSettings(4, 32, AdamWSettings.paper(1e-3));
  private TrainingHook hook = TrainingHook.NONE;

  @Test
  void resumedAfterAPassItEndsWithTheSameBits() {
    try (NDManager manager = Torch.newManager(Device.cpu())) {
      float[] start = model.initialValues(streams.stream("init"));
      State whole = train(manager, start, OptimizerState.FRESH, 0, 4);
      State half = train(manager, start, OptimizerState.FRESH, 0, 2);
      State resumed = train(manager, half.values, half.optimizer, 2, 4);
      assertArrayEquals(whole.values, resumed.values);
      int size = start.length;
      assertArrayEquals(whole.optimizer.variance(size), resumed.optimizer.variance(size));
      assertEquals(whole.optimizer.steps(), resumed.optimizer.steps());
    }
  }

  @Test
  void sameSeedGivesTheSameBitsAndAFallingLoss() {
    try (NDManager manager = Torch.newManager(Device.cpu())) {
      float[] start = model.initialValues(streams.stream("init"));
      State once = train(manager, start, OptimizerState.FRESH, 0, 4);
      State again = train(manager, start, OptimizerState.FRESH, 0, 4);
      assertArrayEquals(once.values, again.values);
      assertEquals(once.losses, again.losses);
      assertTrue(once.losses.get(3) < once.losses.get(0), once.losses.toString());
    }
  }

  @Test
  void openArraysStayAsManyOverManySteps() {
    try (NDManager manager = Torch.newManager(Device.cpu());
        Weights weights = fresh(manager);
        Training training = training(weights, OptimizerState.FRESH)) {
      training.pass(0);
      int before = weights.manager().getManagedArrays().size();
      for (int pass = 1; pass < 20; pass++) {
        training.pass(pass);
      }
      assertEquals(before, weights.manager().getManagedArrays().size());
    }
  }

  @Test
  void fusedTrainingEndsNearWhereAutogradsDoesAndResumesWithTheSameBits() {
    try (NDManager manager = Torch.newManager(Device.cpu())) {
      float[] start = model.initialValues(streams.stream("init"));
      State byAutograd = train(manager, start, OptimizerState.FRESH, 0, 4);
      settings = new TrainingSettings(4, 32, AdamWSettings.paper(1e-3), true);
      State whole = train(manager, start, OptimizerState.FRESH, 0, 4);
      State half = train(manager, start, OptimizerState.FRESH, 0, 2);
      State resumed = train(manager, half.values, half.optimizer, 2, 4);
      assertArrayEquals(whole.values, resumed.values);
      assertEquals(byAutograd.losses.get(3), whole.losses.get(3), 1e-5);
      assertFalse(Arrays.equals(byAutograd.values, whole.values)); // it is another arithmetic
    }
  }

  @Test
  void aHookTakesPartInStepsByAutogradOnly() {
    try (NDManager manager = Torch.newManager(Device.cpu())) {
      float[] start = model.initialValues(streams.stream("init"));
      State plain = train(manager, start, OptimizerState.FRESH, 0, 1);
      settings = new TrainingSettings(4, 32, AdamWSettings.paper(1e-3), true);
      hook = new TrainingHook() {};
      assertArrayEquals(plain.values, train(manager, start, OptimizerState.FRESH, 0, 1).values);
    }
  }

  private Weights fresh(NDManager manager) {
    return Weights.of(model.layout(), manager, model.initialValues(streams.stream("init")));
  }

  private State train(NDManager manager, float[] start, OptimizerState state, int first, int end) {
    try (Weights weights = Weights.of(model.layout(), manager, start);
        Training training = training(weights, state)) {
      List<Double> losses = new ArrayList<>();
      for (int pass = first; pass < end; pass++) {
        losses.add(training.pass(pass));
      }
      return new State(weights.toFloats(), training.optimizerState(), losses);
    }
  }

  private Training training(Weights weights, OptimizerState state) {
    return new Training(model, weights, rows, 12, settings, hook, streams, state);
  }

  private static Sequences rows(int count) {
    RandomGenerator random = new RandomStreams(0).stream("rows");
    List<int[]> rows = new ArrayList<>();
    for (int r = 0; r < count; r++) {
      int first = random.nextInt(10);
      int[] row = new int[16];
      for (int t = 0; t < row.length; t++) {
        row[t] = (first + t) % 14;
      }
      rows.add(row);
    }
    return Sequences.of(16, rows);
  }

  private static final class State {
    final float[] values;
    final OptimizerState optimizer;
    final List<Double> losses;

    State(float[] values, OptimizerState optimizer, List<Double> losses) {
      this.values = values;
      this.optimizer = optimizer;
      this.losses = losses;
    }
  }
}
