package io.nepenthe.run;

import io.nepenthe.suite.TaskSpec;
import java.util.Locale;

/** One line on a task, for readers of a report. */
final class TaskNotes {
  private TaskNotes() {}

  static String of(TaskSpec task) {
    return String.format(
        Locale.ROOT,
        "%s; prompt %d, compare %d; %s of %d layers, width %d; %d passes, batch %d, learning rate"
            + " %s",
        task.data().inWords(),
        task.window().prompt(),
        task.window().compare(),
        task.architecture().architecture().name(),
        task.model().layers(),
        task.model().width(),
        task.training().passes(),
        task.training().batchSize(),
        task.training().learningRate());
  }
}
