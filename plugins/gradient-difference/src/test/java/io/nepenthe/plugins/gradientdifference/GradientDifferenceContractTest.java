package io.nepenthe.plugins.gradientdifference;

import io.nepenthe.plugin.MitigationMethod;
import io.nepenthe.testkit.UnlearningContractTest;

class GradientDifferenceContractTest
    extends UnlearningContractTest<GradientDifference.Hyperparameters> {
  @Override
  protected MitigationMethod<GradientDifference.Hyperparameters> method() {
    return new GradientDifference();
  }
}
