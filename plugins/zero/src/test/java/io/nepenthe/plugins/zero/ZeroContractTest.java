package io.nepenthe.plugins.zero;

import io.nepenthe.plugin.MitigationMethod;
import io.nepenthe.testkit.UnlearningContractTest;

class ZeroContractTest extends UnlearningContractTest<Zero.Hyperparameters> {
  @Override
  protected MitigationMethod<Zero.Hyperparameters> method() {
    return new Zero();
  }
}
