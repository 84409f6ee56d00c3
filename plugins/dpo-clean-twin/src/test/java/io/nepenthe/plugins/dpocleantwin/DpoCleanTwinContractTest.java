package io.nepenthe.plugins.dpocleantwin;

import io.nepenthe.plugin.MitigationMethod;
import io.nepenthe.testkit.UnlearningContractTest;

class DpoCleanTwinContractTest extends UnlearningContractTest<DpoCleanTwin.Hyperparameters> {
  @Override
  protected MitigationMethod<DpoCleanTwin.Hyperparameters> method() {
    return new DpoCleanTwin();
  }
}
