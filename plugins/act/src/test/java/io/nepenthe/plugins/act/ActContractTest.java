package io.nepenthe.plugins.act;

import io.nepenthe.plugin.MitigationMethod;
import io.nepenthe.testkit.UnlearningContractTest;

class ActContractTest extends UnlearningContractTest<Act.Hyperparameters> {
  @Override
  protected MitigationMethod<Act.Hyperparameters> method() {
    return new Act();
  }
}
