package io.nepenthe.plugins.zero;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import io.nepenthe.tensor.FloatArrays;
import io.nepenthe.tensor.Ops;
import io.nepenthe.tensor.Torch;
import java.util.Arrays;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Ablations in one layer, on one mini-batch: how much each changes the loss.
 *
 * <p>A neuron adds its activation times its outgoing weights to the stream that leaves its block.
 * Every ablation is therefore a common start, plus or minus what the tested neuron adds: without
 * one neuron, the start is the unchanged stream; with one neuron only, it is the stream without any
 * neuron of the layer. From there only the layers above are run, and only the rows that the neuron
 * is active in: in the others the start itself is the result, for every neuron.
 *
 * <p>In a model that normalises what an MLP writes before it adds it, start and change are of what
 * is written, and the rest of the stream is added once that is normalised.
 *
 * <p>A pair is a neuron and a row, numbered {@code neuron * R + row}; pairs of many neurons fill a
 * pass. R = rows, T = tokens of a row, C = pairs of a pass. After the last block no token reads
 * from another, so that there each token is a row of its own and silent ones cost nothing.
 */
final class Ablation {
  /** About 64 rows of 150 tokens: on a CPU, more take longer per row. */
  private static final long TOKENS = 10_000;

  private final UnchangedRun run;
  private final int layer;
  private final long length; // T
  private final int rows; // R
  private final NDArray start; // (R, T*D)
  private final @Nullable NDArray rest; // (R, T*D), null where the start is all of the stream
  private final NDArray startLosses; // (R, T)
  private final NDArray targets; // (R, T)
  private final NDArray active; // (H*R, T)
  private final NDArray added; // (H, D), signed

  private Ablation(
      UnchangedRun run,
      int layer,
      NDArray start,
      @Nullable NDArray rest,
      NDArray losses,
      NDArray added) {
    NDArray hidden = run.hidden(layer);
    this.run = run;
    this.layer = layer;
    this.length = layer == run.model().layers() - 1 ? 1 : hidden.getShape().get(1);
    this.start = start.reshape(-1, length * run.model().width()); // (B, T, D) -> (R, T*D)
    this.rest = rest == null ? null : rest.reshape(this.start.getShape());
    this.rows = Math.toIntExact(this.start.getShape().get(0));
    this.startLosses = losses.reshape(rows, length); // (N) -> (R, T)
    this.targets = run.targets().reshape(rows, length); // (N) -> (R, T)
    this.active = hidden.transpose(2, 0, 1).reshape(-1, length); // (B, T, H) -> (H*R, T)
    this.added = added;
  }

  /** Returns the ablation of one neuron at a time. */
  static Ablation ofOne(UnchangedRun run, int layer) {
    NDArray removed = Ops.scale(outgoing(run, layer), -1);
    if (addsAsWritten(run, layer)) {
      return new Ablation(run, layer, run.leaving(layer), null, run.losses(), removed);
    }
    NDArray written = run.written(layer, run.hidden(layer));
    return new Ablation(run, layer, written, besides(run, layer), run.losses(), removed);
  }

  /** Returns the ablation of all neurons of the layer but one at a time (UNLEARNING_QUIRKS Q-1). */
  static Ablation ofAllButOne(UnchangedRun run, int layer) {
    NDArray outgoing = outgoing(run, layer);
    if (addsAsWritten(run, layer)) {
      NDArray without = run.leaving(layer).sub(run.hidden(layer).matMul(outgoing));
      NDArray losses = run.lossesAfter(layer, without, run.targets());
      return new Ablation(run, layer, without, null, losses, outgoing);
    }
    NDArray none = run.written(layer, run.hidden(layer).zerosLike());
    NDArray rest = besides(run, layer);
    NDArray losses = run.lossesAfter(layer, run.added(layer, none).add(rest), run.targets());
    return new Ablation(run, layer, none, rest, losses, outgoing);
  }

  private static boolean addsAsWritten(UnchangedRun run, int layer) {
    NDArray any = run.leaving(layer);
    return run.added(layer, any) == any;
  }

  /** Returns the stream that leaves a layer without what its MLP adds, (B, T, D). */
  private static NDArray besides(UnchangedRun run, int layer) {
    NDArray written = run.written(layer, run.hidden(layer));
    return run.leaving(layer).sub(run.added(layer, written));
  }

  /** Returns what each neuron writes to the stream, (H, D). */
  private static NDArray outgoing(UnchangedRun run, int layer) {
    return FloatArrays.widened(run.model().mlp().get(layer).out().matrix(run.parameters()));
  }

  /**
   * Returns by how much each neuron's ablation changes the mean loss of the mini-batch, (H).
   *
   * @param progress is told, pass by pass, how many neurons are done
   */
  double[] lossChanges(IntConsumer progress) {
    double[] changes = new double[run.model().hiddenUnits()];
    Arrays.fill(changes, sum(startLosses.sub(run.losses().reshape(rows, length))));
    int[] pairs = activePairs();
    int size = pairsOfAPass();
    for (int from = 0; from < pairs.length; from += size) {
      progress.accept(pairs[from] / rows);
      int[] pass = Arrays.copyOfRange(pairs, from, Math.min(from + size, pairs.length));
      float[] differences = differencesFromStart(pass);
      for (int i = 0; i < pass.length; i++) {
        changes[pass[i] / rows] += differences[i];
      }
    }
    long tokens = rows * length;
    return Arrays.stream(changes).map(change -> change / tokens).toArray();
  }

  private static double sum(NDArray differences) {
    double sum = 0;
    for (float difference : differences.toFloatArray()) {
      sum += difference;
    }
    return sum;
  }

  /** Returns the pairs whose neuron is active in the row, neuron after neuron. */
  int[] activePairs() {
    float[] largest = active.abs().max(new int[] {1}).toFloatArray();
    int[] pairs = new int[largest.length];
    int count = 0;
    for (int pair = 0; pair < largest.length; pair++) {
      if (largest[pair] != 0) {
        pairs[count++] = pair;
      }
    }
    return Arrays.copyOf(pairs, count);
  }

  private int pairsOfAPass() {
    return Math.toIntExact(Math.max(1, TOKENS / length));
  }

  /** Returns the loss of each pair minus that of its row at the start, summed over tokens, (C). */
  float[] differencesFromStart(int[] pairs) {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      NDArray row = indices(Arrays.stream(pairs).map(pair -> pair % rows).toArray());
      NDArray neuron = indices(Arrays.stream(pairs).map(pair -> pair / rows).toArray());
      NDArray activation = Ops.embedding(indices(pairs), active); // (C, T)
      NDArray change =
          activation
              .reshape(-1, length, 1)
              .mul(Ops.embedding(neuron, added).expandDims(1)); // (C, T, 1) * (C, 1, D)
      NDArray stream = Ops.embedding(row, start).reshape(change.getShape()).addi(change);
      if (rest != null) {
        NDArray others = Ops.embedding(row, rest).reshape(change.getShape());
        stream = run.added(layer, stream).add(others);
      }
      NDArray expected = Ops.embedding(row, targets).flatten(); // (C, T) -> (C*T)
      return run.lossesAfter(layer, stream, expected)
          .reshape(-1, length) // (C*T) -> (C, T)
          .sub(Ops.embedding(row, startLosses))
          .sum(new int[] {1})
          .toFloatArray();
    }
  }

  private NDArray indices(int[] values) {
    long[] wide = Arrays.stream(values).asLongStream().toArray();
    return Torch.longs(start.getManager(), wide, wide.length);
  }
}
