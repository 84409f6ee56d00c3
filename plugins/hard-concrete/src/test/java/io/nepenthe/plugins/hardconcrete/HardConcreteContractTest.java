package io.nepenthe.plugins.hardconcrete;

import io.nepenthe.plugin.MitigationMethod;
import io.nepenthe.testkit.UnlearningContractTest;
import java.util.Map;

class HardConcreteContractTest extends UnlearningContractTest<HardConcrete.Hyperparameters> {
  @Override
  protected MitigationMethod<HardConcrete.Hyperparameters> method() {
    return new HardConcrete();
  }

  @Override
  protected Map<String, Number> tinyHyperparameters() {
    return Map.of("ratio", 0.2);
  }
}
