package io.nepenthe.plugins.integratedgradients;

import io.nepenthe.plugin.MitigationMethod;
import io.nepenthe.testkit.UnlearningContractTest;

class IntegratedGradientsContractTest
    extends UnlearningContractTest<IntegratedGradients.Hyperparameters> {
  @Override
  protected MitigationMethod<IntegratedGradients.Hyperparameters> method() {
    return new IntegratedGradients();
  }
}
