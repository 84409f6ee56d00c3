package io.nepenthe.plugins.magnitudepruning;

import io.nepenthe.plugin.MitigationMethod;
import io.nepenthe.testkit.UnlearningContractTest;

class MagnitudePruningContractTest
    extends UnlearningContractTest<MagnitudePruning.Hyperparameters> {
  @Override
  protected MitigationMethod<MagnitudePruning.Hyperparameters> method() {
    return new MagnitudePruning();
  }
}
