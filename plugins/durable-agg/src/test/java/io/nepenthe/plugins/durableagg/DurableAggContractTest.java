package io.nepenthe.plugins.durableagg;

import io.nepenthe.plugin.MitigationMethod;
import io.nepenthe.testkit.UnlearningContractTest;
import java.util.Map;

class DurableAggContractTest extends UnlearningContractTest<DurableAgg.Hyperparameters> {
  @Override
  protected MitigationMethod<DurableAgg.Hyperparameters> method() {
    return new DurableAgg();
  }

  @Override
  protected Map<String, Number> tinyHyperparameters() {
    return Map.of("ratio", 0.25);
  }
}
