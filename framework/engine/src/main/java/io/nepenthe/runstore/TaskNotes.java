package io.nepenthe.runstore;

import io.nepenthe.suite.ModelSpec;
import io.nepenthe.suite.TaskSpec;
import io.nepenthe.suite.TrainingSpec;
import io.nepenthe.wording.Words;
import java.util.Locale;

/** One line on a task, for readers of a report. */
final class TaskNotes {
  private TaskNotes() {}

  static String of(TaskSpec task) {
    return String.format(
        Locale.ROOT,
        "%s; prompt %d, compare %d; %s",
        task.data().inWords(),
        task.window().prompt(),
        task.window().compare(),
        task.model() == null ? "original model trained elsewhere" : trained(task, task.model()));
  }

  private static String trained(TaskSpec task, ModelSpec model) {
    TrainingSpec training = task.trainedHere();
    return String.format(
        Locale.ROOT,
        "%s of %s, width %d; %d passes, batch %d, learning rate %s",
        model.kind().name(),
        Words.count(model.layers(), "layer"),
        model.width(),
        training.passes(),
        training.batchSize(),
        training.learningRate());
  }
}
