package io.nepenthe.mitigation;

import ai.djl.ndarray.NDManager;
import io.nepenthe.checkpoint.ModelFolder;
import io.nepenthe.data.Sequences;
import io.nepenthe.model.Architectures;
import io.nepenthe.model.LanguageModel;
import io.nepenthe.model.ModelSize;
import io.nepenthe.model.SpecialIds;
import io.nepenthe.model.Weights;
import io.nepenthe.protocol.RandomStreams;
import io.nepenthe.tensor.AdamWSettings;
import io.nepenthe.tensor.Torch;
import io.nepenthe.training.OptimizerState;
import io.nepenthe.training.Training;
import io.nepenthe.training.TrainingHook;
import io.nepenthe.training.TrainingSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Tiny models that have memorized a few rows of noise among others that count on, in a second. */
final class MemorizingModel {
  static final int VOCABULARY = 24;
  static final int POSITIONS = 16;
  private static final int STEPS = 90;

  private MemorizingModel() {}

  /** Rows of ids without any order: what is memorized. */
  static Sequences noise(int rows, long seed) {
    RandomGenerator random = new RandomStreams(seed).stream("noise");
    List<int[]> all = new ArrayList<>();
    for (int r = 0; r < rows; r++) {
      all.add(random.ints(POSITIONS, 0, VOCABULARY).toArray());
    }
    return Sequences.of(POSITIONS, all);
  }

  /** Rows in which each id is the one before and one. */
  static Sequences counting(int rows) {
    return Sequences.of(POSITIONS, rows, (row, position) -> (row + position) % VOCABULARY);
  }

  /** Writes a model of an architecture that was trained on such rows. */
  static void write(Path folder, String architecture, Sequences noise) throws IOException {
    LanguageModel model =
        Architectures.require(architecture).model(new ModelSize(VOCABULARY, POSITIONS, 32, 2, 2));
    Sequences rows = noise.concat(counting(VOCABULARY));
    Torch.useThreads(1);
    RandomStreams streams = new RandomStreams(0);
    try (NDManager manager = Torch.newManager(Torch.device("cpu"));
        Weights weights =
            Weights.of(
                model.layout(), manager, model.initialValues(streams.stream("initialisation")));
        Training training =
            new Training(
                model,
                weights,
                rows,
                POSITIONS,
                new TrainingSettings(1, rows.rows(), new AdamWSettings(1e-2, 0.9, 0.98, 1e-8, 0)),
                TrainingHook.NONE,
                streams,
                OptimizerState.FRESH)) {
      for (int step = 0; step < STEPS; step++) {
        training.step(rows.indices());
      }
      Files.createDirectories(folder);
      ModelFolder.write(folder, model, weights, SpecialIds.NONE);
    }
  }
}
