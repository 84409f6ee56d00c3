package io.nepenthe.plugins.durableagg;

import io.nepenthe.plugin.MitigationMethod;
import io.nepenthe.testkit.UnlearningContractTest;

class DurableAggContractTest extends UnlearningContractTest<DurableAgg.Hyperparameters> {
  @Override
  protected MitigationMethod<DurableAgg.Hyperparameters> method() {
    return new DurableAgg();
  }
}
