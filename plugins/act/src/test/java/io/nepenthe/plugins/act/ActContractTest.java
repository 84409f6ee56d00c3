package io.nepenthe.plugins.act;

import io.nepenthe.plugin.MitigationMethod;
import io.nepenthe.testkit.UnlearningContractTest;
import java.util.Map;

class ActContractTest extends UnlearningContractTest<Act.Hyperparameters> {
  @Override
  protected MitigationMethod<Act.Hyperparameters> method() {
    return new Act();
  }

  @Override
  protected Map<String, Number> tinyHyperparameters() {
    return Map.of("ratio", 0.1);
  }
}
