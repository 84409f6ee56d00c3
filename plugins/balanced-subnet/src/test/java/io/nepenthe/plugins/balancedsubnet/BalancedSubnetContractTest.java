package io.nepenthe.plugins.balancedsubnet;

import io.nepenthe.plugin.MitigationMethod;
import io.nepenthe.testkit.UnlearningContractTest;
import java.util.Map;

class BalancedSubnetContractTest extends UnlearningContractTest<BalancedSubnetParams> {
  @Override
  protected MitigationMethod<BalancedSubnetParams> method() {
    return new BalancedSubnet();
  }

  @Override
  protected Map<String, Number> tinyHyperparameters() {
    return Map.of("ratio", 0.1, "epochs", 5, "batchSize", 16);
  }
}
