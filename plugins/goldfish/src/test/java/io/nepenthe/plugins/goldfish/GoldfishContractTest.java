package io.nepenthe.plugins.goldfish;

import io.nepenthe.plugin.MitigationMethod;
import io.nepenthe.testkit.RegularizerContractTest;

class GoldfishContractTest extends RegularizerContractTest<Goldfish.Hyperparameters> {
  @Override
  protected MitigationMethod<Goldfish.Hyperparameters> method() {
    return new Goldfish();
  }
}
