package io.nepenthe.plugins.randompruning;

import io.nepenthe.plugin.MitigationMethod;
import io.nepenthe.testkit.UnlearningContractTest;

class RandomPruningContractTest extends UnlearningContractTest<RandomPruning.Hyperparameters> {
  @Override
  protected MitigationMethod<RandomPruning.Hyperparameters> method() {
    return new RandomPruning();
  }
}
