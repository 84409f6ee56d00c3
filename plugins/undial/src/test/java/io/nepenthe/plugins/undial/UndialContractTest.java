package io.nepenthe.plugins.undial;

import io.nepenthe.plugin.MitigationMethod;
import io.nepenthe.testkit.UnlearningContractTest;

class UndialContractTest extends UnlearningContractTest<Undial.Hyperparameters> {
  @Override
  protected MitigationMethod<Undial.Hyperparameters> method() {
    return new Undial();
  }
}
