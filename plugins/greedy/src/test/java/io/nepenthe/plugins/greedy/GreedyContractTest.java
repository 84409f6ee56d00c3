package io.nepenthe.plugins.greedy;

import io.nepenthe.plugin.MitigationMethod;
import io.nepenthe.testkit.UnlearningContractTest;
import java.util.List;
import java.util.Map;

class GreedyContractTest extends UnlearningContractTest<Greedy.Hyperparameters> {
  @Override
  protected MitigationMethod<Greedy.Hyperparameters> method() {
    return new Greedy();
  }

  @Override
  protected Map<String, Number> tinyHyperparameters() {
    return Map.of("ratio", 0.003, "batchSize", 4);
  }

  /** Returns ratios of 0 to 83 steps; math's largest would be over a thousand. */
  @Override
  protected Map<String, List<Object>> tinyGrid() {
    return Map.of("ratio", List.of(0, 1e-5, 3e-4, 3e-3));
  }
}
