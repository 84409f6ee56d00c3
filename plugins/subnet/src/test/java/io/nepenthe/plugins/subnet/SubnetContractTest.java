package io.nepenthe.plugins.subnet;

import io.nepenthe.plugin.MitigationMethod;
import io.nepenthe.testkit.UnlearningContractTest;

class SubnetContractTest extends UnlearningContractTest<SubnetParams> {
  @Override
  protected MitigationMethod<SubnetParams> method() {
    return new Subnet();
  }
}
