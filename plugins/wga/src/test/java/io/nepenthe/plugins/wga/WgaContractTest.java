package io.nepenthe.plugins.wga;

import io.nepenthe.plugin.MitigationMethod;
import io.nepenthe.testkit.UnlearningContractTest;

class WgaContractTest extends UnlearningContractTest<Wga.Hyperparameters> {
  @Override
  protected MitigationMethod<Wga.Hyperparameters> method() {
    return new Wga();
  }
}
