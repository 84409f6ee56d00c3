package io.nepenthe.plugins.rmu;

import io.nepenthe.plugin.MitigationMethod;
import io.nepenthe.testkit.UnlearningContractTest;

class RmuContractTest extends UnlearningContractTest<RmuParams> {
  @Override
  protected MitigationMethod<RmuParams> method() {
    return new Rmu();
  }
}
