package io.nepenthe.plugins.randomweights;

import io.nepenthe.plugin.MitigationMethod;
import io.nepenthe.testkit.UnlearningContractTest;

class RandomWeightsContractTest extends UnlearningContractTest<RandomWeights.Hyperparameters> {
  @Override
  protected MitigationMethod<RandomWeights.Hyperparameters> method() {
    return new RandomWeights();
  }
}
