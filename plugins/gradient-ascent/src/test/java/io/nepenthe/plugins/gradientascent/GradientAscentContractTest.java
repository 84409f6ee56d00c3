package io.nepenthe.plugins.gradientascent;

import io.nepenthe.plugin.MitigationMethod;
import io.nepenthe.testkit.UnlearningContractTest;

class GradientAscentContractTest extends UnlearningContractTest<GradientAscent.Hyperparameters> {
  @Override
  protected MitigationMethod<GradientAscent.Hyperparameters> method() {
    return new GradientAscent();
  }
}
