package io.nepenthe.plugins.memorizationsinks;

import io.nepenthe.plugin.MitigationMethod;
import io.nepenthe.testkit.RegularizerContractTest;

class MemorizationSinksContractTest
    extends RegularizerContractTest<MemorizationSinks.Hyperparameters> {
  @Override
  protected MitigationMethod<MemorizationSinks.Hyperparameters> method() {
    return new MemorizationSinks();
  }
}
