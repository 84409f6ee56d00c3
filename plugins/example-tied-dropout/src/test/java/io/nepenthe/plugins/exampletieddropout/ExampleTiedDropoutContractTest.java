package io.nepenthe.plugins.exampletieddropout;

import io.nepenthe.plugin.MitigationMethod;
import io.nepenthe.testkit.RegularizerContractTest;

class ExampleTiedDropoutContractTest
    extends RegularizerContractTest<ExampleTiedDropout.Hyperparameters> {
  @Override
  protected MitigationMethod<ExampleTiedDropout.Hyperparameters> method() {
    return new ExampleTiedDropout();
  }
}
