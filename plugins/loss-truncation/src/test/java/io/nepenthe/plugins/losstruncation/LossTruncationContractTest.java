package io.nepenthe.plugins.losstruncation;

import io.nepenthe.plugin.MitigationMethod;
import io.nepenthe.testkit.RegularizerContractTest;

class LossTruncationContractTest extends RegularizerContractTest<LossTruncation.Hyperparameters> {
  @Override
  protected MitigationMethod<LossTruncation.Hyperparameters> method() {
    return new LossTruncation();
  }
}
