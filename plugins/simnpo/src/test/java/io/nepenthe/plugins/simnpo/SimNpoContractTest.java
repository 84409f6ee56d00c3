package io.nepenthe.plugins.simnpo;

import io.nepenthe.plugin.MitigationMethod;
import io.nepenthe.testkit.UnlearningContractTest;

class SimNpoContractTest extends UnlearningContractTest<SimNpo.Hyperparameters> {
  @Override
  protected MitigationMethod<SimNpo.Hyperparameters> method() {
    return new SimNpo();
  }
}
