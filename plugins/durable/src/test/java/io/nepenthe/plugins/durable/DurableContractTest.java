package io.nepenthe.plugins.durable;

import io.nepenthe.plugin.MitigationMethod;
import io.nepenthe.testkit.UnlearningContractTest;

class DurableContractTest extends UnlearningContractTest<Durable.Hyperparameters> {
  @Override
  protected MitigationMethod<Durable.Hyperparameters> method() {
    return new Durable();
  }
}
