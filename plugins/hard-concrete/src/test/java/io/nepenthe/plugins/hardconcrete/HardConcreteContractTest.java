package io.nepenthe.plugins.hardconcrete;

import io.nepenthe.plugin.MitigationMethod;
import io.nepenthe.testkit.UnlearningContractTest;

class HardConcreteContractTest extends UnlearningContractTest<HardConcrete.Hyperparameters> {
  @Override
  protected MitigationMethod<HardConcrete.Hyperparameters> method() {
    return new HardConcrete();
  }
}
