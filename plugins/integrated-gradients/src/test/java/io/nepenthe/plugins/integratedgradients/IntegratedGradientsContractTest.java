package io.nepenthe.plugins.integratedgradients;

import io.nepenthe.plugin.MitigationMethod;
import io.nepenthe.testkit.UnlearningContractTest;
import java.util.Map;

class IntegratedGradientsContractTest
    extends UnlearningContractTest<IntegratedGradients.Hyperparameters> {
  @Override
  protected MitigationMethod<IntegratedGradients.Hyperparameters> method() {
    return new IntegratedGradients();
  }

  @Override
  protected Map<String, Number> tinyHyperparameters() {
    return Map.of("ratio", 0.1);
  }
}
