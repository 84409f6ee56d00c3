package io.nepenthe.attack;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.nepenthe.metric.WindowBatch;
import io.nepenthe.metric.WindowBatches;
import io.nepenthe.task.ArtifactRows;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Reads, by one pass, how surprising the compared tokens of artifact rows are to a model. */
public final class SurpriseReader {
  private final LoadedModel loaded;
  private final NDManager manager;

  /**
   * Reads by a model.
   *
   * @param manager on the device of the model
   */
  public SurpriseReader(LoadedModel loaded, NDManager manager) {
    this.loaded = loaded;
    this.manager = manager;
  }

  /** Returns that of all rows, eligible or not, in order; call it without gradients. */
  public List<TokenSurprise> read(ArtifactRows data) {
    Map<Integer, TokenSurprise> read = new HashMap<>();
    int[] rows = IntStream.range(0, data.rows()).toArray();
    new WindowBatches(data, loaded.model(), manager)
        .forEach(data.prompts(), data.artifacts(), rows, batch -> readBatch(data, batch, read));
    return IntStream.of(rows).mapToObj(read::get).toList();
  }

  private void readBatch(ArtifactRows data, WindowBatch batch, Map<Integer, TokenSurprise> read) {
    int tokens = Math.toIntExact(batch.targets().size());
    float[] logs = new float[tokens];
    float[] means = new float[tokens];
    float[] deviations = new float[tokens];
    NDArray states = batch.states(loaded.model(), loaded.parameters());
    StateChunks.forEach(
        states,
        loaded.model().vocabulary(),
        (from, to, chunk) -> {
          NDArray all = loaded.logProbabilities(states.get(chunk)); // (n, V)
          NDArray probabilities = all.exp();
          NDArray mean = probabilities.mul(all).sum(new int[] {1}, true); // (n, 1)
          NDArray apart = all.sub(mean);
          NDArray variance = probabilities.mul(apart).mul(apart).sum(new int[] {1});
          NDArray targets = batch.targets().get(chunk).reshape(-1, 1);
          FloatCopy.into(logs, from, all.gather(targets, 1));
          FloatCopy.into(means, from, mean);
          FloatCopy.into(deviations, from, variance.sqrt());
        });
    int from = 0;
    for (int row : batch.rows()) {
      int to = from + data.windows().get(row).compare();
      read.put(
          row,
          new TokenSurprise(
              Arrays.copyOfRange(logs, from, to),
              Arrays.copyOfRange(means, from, to),
              Arrays.copyOfRange(deviations, from, to)));
      from = to;
    }
  }
}
