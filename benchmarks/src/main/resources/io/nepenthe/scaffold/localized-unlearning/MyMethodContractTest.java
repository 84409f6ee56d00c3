package org.example.mymethod;

import io.nepenthe.plugin.MitigationMethod;
import io.nepenthe.testkit.UnlearningContractTest;
import java.util.Map;

class MyMethodContractTest extends UnlearningContractTest<MyMethod.Hyperparameters> {
  @Override
  protected MitigationMethod<MyMethod.Hyperparameters> method() {
    return new MyMethod();
  }

  /** The tiny model has few weights, of which it takes a larger share. */
  @Override
  protected Map<String, Number> tinyHyperparameters() {
    return Map.of("ratio", 0.3);
  }
}
