package io.nepenthe.plugins.sou;

import io.nepenthe.plugin.MitigationMethod;
import io.nepenthe.testkit.UnlearningContractTest;

class SouContractTest extends UnlearningContractTest<Sou.Hyperparameters> {
  @Override
  protected MitigationMethod<Sou.Hyperparameters> method() {
    return new Sou();
  }
}
