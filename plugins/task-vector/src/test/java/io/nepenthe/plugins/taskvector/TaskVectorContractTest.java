package io.nepenthe.plugins.taskvector;

import io.nepenthe.plugin.MitigationMethod;
import io.nepenthe.testkit.UnlearningContractTest;

class TaskVectorContractTest extends UnlearningContractTest<TaskVector.Hyperparameters> {
  @Override
  protected MitigationMethod<TaskVector.Hyperparameters> method() {
    return new TaskVector();
  }
}
