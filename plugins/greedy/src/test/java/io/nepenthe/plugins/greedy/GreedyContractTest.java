package io.nepenthe.plugins.greedy;

import io.nepenthe.plugin.MitigationMethod;
import io.nepenthe.testkit.UnlearningContractTest;

class GreedyContractTest extends UnlearningContractTest<Greedy.Hyperparameters> {
  @Override
  protected MitigationMethod<Greedy.Hyperparameters> method() {
    return new Greedy();
  }
}
