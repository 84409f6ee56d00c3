package io.nepenthe.plugins.slim;

import io.nepenthe.plugin.MitigationMethod;
import io.nepenthe.testkit.UnlearningContractTest;

class SlimContractTest extends UnlearningContractTest<Slim.Hyperparameters> {
  @Override
  protected MitigationMethod<Slim.Hyperparameters> method() {
    return new Slim();
  }
}
