package io.nepenthe.plugins.durable;

import io.nepenthe.plugin.MitigationMethod;
import io.nepenthe.testkit.UnlearningContractTest;
import java.util.Map;

class DurableContractTest extends UnlearningContractTest<Durable.Hyperparameters> {
  @Override
  protected MitigationMethod<Durable.Hyperparameters> method() {
    return new Durable();
  }

  @Override
  protected Map<String, Number> tinyHyperparameters() {
    return Map.of("ratio", 0.25);
  }
}
