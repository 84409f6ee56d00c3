package io.nepenthe.plugins.bothfinetuning;

import io.nepenthe.plugin.MitigationMethod;
import io.nepenthe.testkit.MitigationContractTest;

class BothFineTuningContractTest extends MitigationContractTest<BothFineTuning.Hyperparameters> {
  @Override
  protected MitigationMethod<BothFineTuning.Hyperparameters> method() {
    return new BothFineTuning();
  }

  @Override
  protected boolean removesMemorization() {
    return true;
  }
}
