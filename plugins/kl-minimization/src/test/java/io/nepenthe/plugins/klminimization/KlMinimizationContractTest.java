package io.nepenthe.plugins.klminimization;

import io.nepenthe.plugin.MitigationMethod;
import io.nepenthe.testkit.UnlearningContractTest;

class KlMinimizationContractTest extends UnlearningContractTest<KlMinimization.Hyperparameters> {
  @Override
  protected MitigationMethod<KlMinimization.Hyperparameters> method() {
    return new KlMinimization();
  }
}
