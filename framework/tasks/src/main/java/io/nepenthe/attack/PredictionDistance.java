package io.nepenthe.attack;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import io.nepenthe.data.Sequences;
import io.nepenthe.metric.RowsAtOnce;
import io.nepenthe.metric.WindowBatch;
import io.nepenthe.metric.WindowBatches;
import io.nepenthe.model.Tap;
import io.nepenthe.task.ArtifactRows;
import io.nepenthe.training.TokenBatch;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * How far a model's predictions are from those of a reference, which was never trained on the
 * artifacts: Kullback-Leibler divergence in nats, from the reference, per token. Call it without
 * gradients.
 */
public final class PredictionDistance {
  private final LoadedModel reference;
  private final LoadedModel model;
  private final NDManager manager;

  /**
   * Compares two models of one vocabulary.
   *
   * @param manager on the device of both
   */
  public PredictionDistance(LoadedModel reference, LoadedModel model, NDManager manager) {
    this.reference = reference;
    this.model = model;
    this.manager = manager;
  }

  /** Returns the mean divergence over all tokens of rows but the first. */
  public double ofRows(Sequences rows) {
    int[] all = rows.indices();
    int atOnce = RowsAtOnce.of(model.model(), rows.length(), manager.getDevice());
    double sum = 0;
    for (int from = 0; from < all.length; from += atOnce) {
      int[] some = Arrays.copyOfRange(all, from, Math.min(from + atOnce, all.length));
      try (NDScope scope = new NDScope()) {
        scope.suppressNotUsedWarning();
        TokenBatch batch = TokenBatch.of(manager, rows, some);
        sum += compare(states(reference, batch), states(model, batch), batch.targets()).sum();
      }
    }
    return sum / ((long) all.length * (rows.length() - 1));
  }

  private static NDArray states(LoadedModel of, TokenBatch batch) {
    return of.model().hiddenStates(of.parameters(), batch.inputs(), Tap.NONE);
  }

  /** Returns divergence and truth ratios in the windows of all rows, eligible or not. */
  public WindowDistance ofWindows(ArtifactRows data) {
    Logs artifacts = new Logs(data.rows());
    Logs twins = new Logs(data.rows());
    WindowBatches batches = new WindowBatches(data, model.model(), manager);
    int[] rows = IntStream.range(0, data.rows()).toArray();
    batches.forEach(data.prompts(), data.artifacts(), rows, batch -> artifacts.add(data, batch));
    batches.forEach(data.twins(), data.twins(), rows, batch -> twins.add(data, batch));
    return new WindowDistance(
        artifacts.divergence / artifacts.tokens,
        differences(twins.ofModel, artifacts.ofModel),
        differences(twins.ofReference, artifacts.ofReference));
  }

  private static double[] differences(double[] a, double[] b) {
    return IntStream.range(0, a.length).mapToDouble(i -> a[i] - b[i]).toArray();
  }

  /** Means of log p of each row's compared tokens, by both models. */
  private final class Logs {
    private final double[] ofModel;
    private final double[] ofReference;
    private double divergence;
    private long tokens;

    Logs(int rows) {
      ofModel = new double[rows];
      ofReference = new double[rows];
    }

    void add(ArtifactRows data, WindowBatch batch) {
      Compared compared =
          compare(
              batch.states(reference.model(), reference.parameters()),
              batch.states(model.model(), model.parameters()),
              batch.targets());
      divergence += compared.sum();
      tokens += compared.nats.length;
      int from = 0;
      for (int row : batch.rows()) {
        int length = data.windows().get(row).compare();
        ofModel[row] = mean(compared.ofModel, from, length);
        ofReference[row] = mean(compared.ofReference, from, length);
        from += length;
      }
    }

    private static double mean(float[] values, int from, int length) {
      return IntStream.range(from, from + length).mapToDouble(i -> values[i]).sum() / length;
    }
  }

  /** Of each token the divergence, and log p of both models. */
  private static final class Compared {
    private final float[] nats;
    private final float[] ofReference;
    private final float[] ofModel;

    Compared(int tokens) {
      nats = new float[tokens];
      ofReference = new float[tokens];
      ofModel = new float[tokens];
    }

    double sum() {
      return IntStream.range(0, nats.length).mapToDouble(i -> nats[i]).sum();
    }
  }

  private Compared compare(NDArray ofReference, NDArray ofModel, NDArray targets) {
    Compared compared = new Compared(Math.toIntExact(targets.size()));
    StateChunks.forEach(
        ofReference,
        model.model().vocabulary(),
        (from, to, chunk) -> {
          NDArray expected = reference.logProbabilities(ofReference.get(chunk)); // (n, V)
          NDArray found = model.logProbabilities(ofModel.get(chunk)); // (n, V)
          NDArray at = targets.get(chunk).reshape(-1, 1);
          NDArray nats = expected.exp().mul(expected.sub(found)).sum(new int[] {1});
          FloatCopy.into(compared.nats, from, nats);
          FloatCopy.into(compared.ofReference, from, expected.gather(at, 1));
          FloatCopy.into(compared.ofModel, from, found.gather(at, 1));
        });
    return compared;
  }
}
