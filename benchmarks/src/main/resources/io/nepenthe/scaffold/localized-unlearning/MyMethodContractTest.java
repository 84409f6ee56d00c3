package org.example.mymethod;

import io.nepenthe.plugin.MitigationMethod;
import io.nepenthe.testkit.UnlearningContractTest;

class MyMethodContractTest extends UnlearningContractTest<MyMethod.Hyperparameters> {
  @Override
  protected MitigationMethod<MyMethod.Hyperparameters> method() {
    return new MyMethod();
  }
}
