package org.example.mymethod;

import io.nepenthe.plugin.MitigationMethod;
import io.nepenthe.testkit.UnlearningContractTest;
import java.util.Map;

class MyMethodContractTest extends UnlearningContractTest<MyMethod.Hyperparameters> {
  @Override
  protected MitigationMethod<MyMethod.Hyperparameters> method() {
    return new MyMethod();
  }

  /** The tiny model's few rows are one batch, so that an epoch is one step. */
  @Override
  protected Map<String, Number> tinyHyperparameters() {
    return Map.of("learningRate", 0.005);
  }
}
