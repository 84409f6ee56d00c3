package io.nepenthe.plugins.extrafinetuning;

import io.nepenthe.plugin.MitigationMethod;
import io.nepenthe.testkit.MitigationContractTest;

class ExtraFineTuningContractTest extends MitigationContractTest<ExtraFineTuning.Hyperparameters> {
  @Override
  protected MitigationMethod<ExtraFineTuning.Hyperparameters> method() {
    return new ExtraFineTuning();
  }
}
