package io.nepenthe.mitigation;

import ai.djl.ndarray.NDManager;
import io.nepenthe.checkpoint.ModelFolder;
import io.nepenthe.metric.Memorization;
import io.nepenthe.metric.NextTokenMeasure;
import io.nepenthe.model.LanguageModel;
import io.nepenthe.model.Parameters;
import io.nepenthe.task.ArtifactRows;
import io.nepenthe.tensor.FloatType;
import io.nepenthe.tensor.Torch;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;

/**
 * What was measured of a model before its mitigation.
 *
 * @param reproduced indices of the rows to forget that it reproduces
 * @param perplexity on the rows that judge it
 * @param secondsPerPass of one row, forward
 * @param measuringSeconds of a measurement of the reproduced rows and those that judge
 */
record MeasuredModel(
    List<Integer> reproduced, double perplexity, double secondsPerPass, double measuringSeconds) {
  /** What is faster than this is taken again: the first pass warms up. */
  private static final double WARM_UP_SECONDS = 5;

  /** Of so many rows at most the judge reads the twin, too. */
  private static final int TWINS = 64;

  /** Copies the list. */
  MeasuredModel {
    reproduced = List.copyOf(reproduced);
  }

  /** Measures the model of a folder. */
  static MeasuredModel of(
      Path folder, FloatType computeType, DrawnRows rows, String device, LongSupplier nanos) {
    AtomicReference<MeasuredModel> measured = new AtomicReference<>();
    Torch.withGradients(
        false,
        () -> {
          try (NDManager manager = Torch.newManager(Torch.device(device));
              ModelFolder.Loaded loaded = ModelFolder.read(folder, manager)) {
            Parameters parameters = loaded.weights().computedIn(computeType).parameters();
            MeasuredModel first = of(loaded.model(), parameters, rows, manager, nanos);
            measured.set(
                first.measuringSeconds < WARM_UP_SECONDS
                    ? of(loaded.model(), parameters, rows, manager, nanos)
                    : first);
          }
        });
    return measured.get();
  }

  private static MeasuredModel of(
      LanguageModel model,
      Parameters parameters,
      DrawnRows rows,
      NDManager manager,
      LongSupplier nanos) {
    ArtifactRows forget =
        new ArtifactRows(
            rows.forget(),
            rows.forget(),
            Collections.nCopies(rows.forget().rows(), rows.window()),
            Collections.nCopies(rows.forget().rows(), true));
    long start = nanos.getAsLong();
    int[] reproduced =
        Memorization.clean().continuations(model, parameters, forget, manager).reproducedRows();
    double perplexity =
        NextTokenMeasure.score(
                model, parameters, rows.judged(), NextTokenMeasure.NOTHING_PREDICTABLE, manager)
            .perplexity();
    double seconds = (nanos.getAsLong() - start) / 1e9;
    int candidates = rows.forget().rows();
    double perPass = seconds / (candidates + Math.min(TWINS, candidates) + rows.judged().rows());
    int judged = reproduced.length + Math.min(TWINS, reproduced.length) + rows.judged().rows();
    return new MeasuredModel(
        Arrays.stream(reproduced).boxed().toList(), perplexity, perPass, perPass * judged);
  }

  /** Returns what is known before anything is measured: that the model reproduces every row. */
  static MeasuredModel unknown(DrawnRows rows) {
    return new MeasuredModel(
        Arrays.stream(rows.forget().indices()).boxed().toList(), Double.NaN, 0, 0);
  }
}
