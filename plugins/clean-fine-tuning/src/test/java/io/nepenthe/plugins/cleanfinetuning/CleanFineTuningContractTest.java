package io.nepenthe.plugins.cleanfinetuning;

import io.nepenthe.plugin.MitigationMethod;
import io.nepenthe.testkit.MitigationContractTest;

class CleanFineTuningContractTest extends MitigationContractTest<CleanFineTuning.Hyperparameters> {
  @Override
  protected MitigationMethod<CleanFineTuning.Hyperparameters> method() {
    return new CleanFineTuning();
  }

  @Override
  protected boolean removesMemorization() {
    return true;
  }
}
