package io.nepenthe.plugins.slim;

import io.nepenthe.plugin.MitigationMethod;
import io.nepenthe.testkit.UnlearningContractTest;
import java.util.Map;

class SlimContractTest extends UnlearningContractTest<Slim.Hyperparameters> {
  @Override
  protected MitigationMethod<Slim.Hyperparameters> method() {
    return new Slim();
  }

  @Override
  protected Map<String, Number> tinyHyperparameters() {
    return Map.of("ratio", 0.2);
  }
}
