package io.nepenthe.plugins.retrainwithoutartifacts;

import io.nepenthe.plugin.MitigationMethod;
import io.nepenthe.testkit.RegularizerContractTest;

class RetrainWithoutArtifactsContractTest
    extends RegularizerContractTest<RetrainWithoutArtifacts.Hyperparameters> {
  @Override
  protected MitigationMethod<RetrainWithoutArtifacts.Hyperparameters> method() {
    return new RetrainWithoutArtifacts();
  }
}
