package io.nepenthe.plugins.ceu;

import io.nepenthe.plugin.MitigationMethod;
import io.nepenthe.testkit.UnlearningContractTest;

class CeUContractTest extends UnlearningContractTest<CeU.Hyperparameters> {
  @Override
  protected MitigationMethod<CeU.Hyperparameters> method() {
    return new CeU();
  }
}
