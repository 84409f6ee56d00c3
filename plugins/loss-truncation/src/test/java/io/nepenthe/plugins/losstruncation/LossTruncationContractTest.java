package io.nepenthe.plugins.losstruncation;

import io.nepenthe.plugin.MitigationMethod;
import io.nepenthe.testkit.RegularizerContractTest;
import java.util.Map;

class LossTruncationContractTest extends RegularizerContractTest<LossTruncation.Hyperparameters> {
  @Override
  protected MitigationMethod<LossTruncation.Hyperparameters> method() {
    return new LossTruncation();
  }

  @Override
  protected Map<String, Number> tinyHyperparameters() {
    return Map.of("window", 64);
  }
}
