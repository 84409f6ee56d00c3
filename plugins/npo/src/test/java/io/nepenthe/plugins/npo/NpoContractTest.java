package io.nepenthe.plugins.npo;

import io.nepenthe.plugin.MitigationMethod;
import io.nepenthe.testkit.UnlearningContractTest;

class NpoContractTest extends UnlearningContractTest<Npo.Hyperparameters> {
  @Override
  protected MitigationMethod<Npo.Hyperparameters> method() {
    return new Npo();
  }
}
