package io.nepenthe.plugins.kfacedit;

import io.nepenthe.plugin.MitigationMethod;
import io.nepenthe.testkit.UnlearningContractTest;

class KfacEditContractTest extends UnlearningContractTest<KfacEdit.Hyperparameters> {
  @Override
  protected MitigationMethod<KfacEdit.Hyperparameters> method() {
    return new KfacEdit();
  }
}
