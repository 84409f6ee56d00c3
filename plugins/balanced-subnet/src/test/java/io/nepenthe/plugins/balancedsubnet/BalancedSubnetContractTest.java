package io.nepenthe.plugins.balancedsubnet;

import io.nepenthe.plugin.MitigationMethod;
import io.nepenthe.testkit.UnlearningContractTest;

class BalancedSubnetContractTest extends UnlearningContractTest<BalancedSubnetParams> {
  @Override
  protected MitigationMethod<BalancedSubnetParams> method() {
    return new BalancedSubnet();
  }
}
