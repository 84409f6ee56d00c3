package org.example.mymethod;

import io.nepenthe.plugin.MitigationMethod;
import io.nepenthe.testkit.RegularizerContractTest;
import java.util.Map;

class MyMethodContractTest extends RegularizerContractTest<MyMethod.Hyperparameters> {
  @Override
  protected MitigationMethod<MyMethod.Hyperparameters> method() {
    return new MyMethod();
  }

  /** The tiny model's few passes do not get as far down as the default. */
  @Override
  protected Map<String, Number> tinyHyperparameters() {
    return Map.of("level", 2.5);
  }
}
