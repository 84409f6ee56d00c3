package io.nepenthe.plugins.nomitigation;

import io.nepenthe.plugin.MitigationMethod;
import io.nepenthe.testkit.UnlearningContractTest;

class NoMitigationContractTest extends UnlearningContractTest<NoMitigation.Hyperparameters> {
  @Override
  protected MitigationMethod<NoMitigation.Hyperparameters> method() {
    return new NoMitigation();
  }
}
