package io.nepenthe.plugins.spectralnorm;

import io.nepenthe.plugin.MitigationMethod;
import io.nepenthe.testkit.RegularizerContractTest;

class SpectralNormContractTest extends RegularizerContractTest<SpectralNorm.Hyperparameters> {
  @Override
  protected MitigationMethod<SpectralNorm.Hyperparameters> method() {
    return new SpectralNorm();
  }
}
