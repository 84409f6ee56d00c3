package io.nepenthe.plugins.subnet;

import io.nepenthe.plugin.MitigationMethod;
import io.nepenthe.testkit.UnlearningContractTest;
import java.util.Map;

class SubnetContractTest extends UnlearningContractTest<SubnetParams> {
  @Override
  protected MitigationMethod<SubnetParams> method() {
    return new Subnet();
  }

  @Override
  protected Map<String, Number> tinyHyperparameters() {
    return Map.of("ratio", 0.1, "epochs", 5, "batchSize", 16);
  }
}
