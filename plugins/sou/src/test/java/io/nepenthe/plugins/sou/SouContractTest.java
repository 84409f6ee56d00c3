package io.nepenthe.plugins.sou;

import io.nepenthe.plugin.MitigationMethod;
import io.nepenthe.testkit.UnlearningContractTest;
import java.util.Map;

class SouContractTest extends UnlearningContractTest<Sou.Hyperparameters> {
  @Override
  protected MitigationMethod<Sou.Hyperparameters> method() {
    return new Sou();
  }

  @Override
  protected Map<String, Number> tinyHyperparameters() {
    return Map.of("ratio", 0.25);
  }
}
