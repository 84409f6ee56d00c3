package org.example.mymethod;

import io.nepenthe.plugin.MitigationMethod;
import io.nepenthe.testkit.RegularizerContractTest;

class MyMethodContractTest extends RegularizerContractTest<MyMethod.Hyperparameters> {
  @Override
  protected MitigationMethod<MyMethod.Hyperparameters> method() {
    return new MyMethod();
  }
}
