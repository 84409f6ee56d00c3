package org.example.mymethod;

import io.nepenthe.plugin.MitigationMethod;
import io.nepenthe.testkit.MitigationContractTest;

class MyMethodContractTest extends MitigationContractTest<MyMethod.Hyperparameters> {
  @Override
  protected MitigationMethod<MyMethod.Hyperparameters> method() {
    return new MyMethod();
  }
}
