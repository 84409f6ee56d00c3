package io.nepenthe.estimate;

import io.nepenthe.model.LanguageModel;
import io.nepenthe.plugin.MethodDescriptor;
import io.nepenthe.run.MethodPlan;
import io.nepenthe.suite.StoredTypes;
import io.nepenthe.suite.Suite;
import io.nepenthe.suite.TaskSpec;
import io.nepenthe.tensor.DeviceName;
import io.nepenthe.training.TrainingSettings;
import java.util.OptionalLong;

/** What processes with the methods of one task take. */
final class TaskMemory {
  private final PeakMemory peak;
  private final StoredTypes types;
  private final boolean onGpu;

  /**
   * Looks at what the model's weights are stored in.
   *
   * @param length tokens of a row that a method reads
   */
  TaskMemory(Suite suite, TaskSpec task, LanguageModel model, int length) {
    types = StoredTypes.of(task, model);
    onGpu = DeviceName.of(suite.device()).isGpu();
    int batch = task.furtherTraining().map(TrainingSettings::batchSize).orElse(0);
    peak = new PeakMemory(model, types, onGpu, length, batch);
  }

  /** Returns who says what about the weights; empty of a model that is trained here. */
  String weights() {
    return types.inWords();
  }

  /**
   * Returns what a process with a method takes.
   *
   * @param rows how many rows the method is given
   */
  MethodMemory of(MethodPlan method, int rows) {
    MethodDescriptor descriptor = method.plugin().descriptor();
    OptionalLong bytes = peak.bytes(descriptor, method.groups(method.points()), rows);
    return MethodMemory.of(
        method.plugin().id(), bytes.isPresent() ? bytes.getAsLong() : null, onGpu);
  }
}
