package io.nepenthe.plugins.zero;

import io.nepenthe.plugin.MitigationMethod;
import io.nepenthe.testkit.UnlearningContractTest;
import java.util.Map;

class ZeroContractTest extends UnlearningContractTest<Zero.Hyperparameters> {
  @Override
  protected MitigationMethod<Zero.Hyperparameters> method() {
    return new Zero();
  }

  @Override
  protected Map<String, Number> tinyHyperparameters() {
    return Map.of("ratio", 0.1);
  }
}
