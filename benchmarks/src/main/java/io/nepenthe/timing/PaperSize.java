package io.nepenthe.timing;

import ai.djl.ndarray.NDManager;
import io.nepenthe.data.Window;
import io.nepenthe.model.Architectures;
import io.nepenthe.model.LanguageModel;
import io.nepenthe.model.ModelSize;
import io.nepenthe.model.Weights;
import io.nepenthe.protocol.Fidelity;
import io.nepenthe.protocol.Quirk;
import io.nepenthe.protocol.RandomStreams;
import io.nepenthe.task.ArtifactRows;
import io.nepenthe.task.TaskData;
import io.nepenthe.task.math.Artifact;
import io.nepenthe.task.math.MathData;
import io.nepenthe.task.math.MathDataSpec;
import io.nepenthe.task.math.MathFamily;
import io.nepenthe.task.math.MathTokens;
import java.util.Collections;
import java.util.List;

/**
 * The model and the rows of the paper's math+noise task, as {@code table1.yaml} has them, for the
 * benchmarks of the hot code. The weights are fresh ones: no operator's time depends on their
 * values.
 */
final class PaperSize {
  /** Rows of a training step, and of a batch when scoring. */
  static final int BATCH = 128;

  static final double LEARNING_RATE = 1e-3;
  static final Window WINDOW = new Window(50, 50);

  private static final long SEED = 0;
  private static final int LENGTH = 150;
  private static final MathDataSpec ROWS =
      new MathDataSpec(
          MathFamily.MULTIPLICATIVE,
          20,
          LENGTH,
          7,
          List.of(2, 3, 4, 5),
          20_000,
          3_000,
          1_000,
          new Artifact.Noise(1_000, 0.1));

  private PaperSize() {}

  static LanguageModel model() {
    return Architectures.paper().model(new ModelSize(MathTokens.VOCABULARY, LENGTH, 128, 4, 4));
  }

  static Weights weights(LanguageModel model, NDManager manager) {
    float[] values = model.initialValues(streams().stream("initialisation"));
    return Weights.of(model.layout(), manager, values);
  }

  static RandomStreams streams() {
    return new RandomStreams(SEED);
  }

  static TaskData data(Fidelity fidelity) {
    return MathData.build(ROWS, WINDOW, Quirk.of(fidelity), SEED);
  }

  /** Returns the 1 000 noised rows, all of them eligible, so that all of them are scored. */
  static ArtifactRows thousandRows() {
    ArtifactRows scored = data(Fidelity.CLEAN).scored();
    return new ArtifactRows(
        scored.artifacts(),
        scored.twins(),
        scored.windows(),
        Collections.nCopies(scored.rows(), true));
  }
}
