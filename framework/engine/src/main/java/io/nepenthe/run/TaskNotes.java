package io.nepenthe.run;

import io.nepenthe.model.LanguageModel;
import io.nepenthe.suite.TaskSpec;
import io.nepenthe.suite.TrainingSpec;
import java.util.Locale;

/** One line on a task, for readers of a report. */
final class TaskNotes {
  private TaskNotes() {}

  static String of(TaskSpec task) {
    LanguageModel model = task.architecture();
    return String.format(
        Locale.ROOT,
        "%s; prompt %d, compare %d; %s of %d layers, width %d; %s",
        task.data().inWords(),
        task.window().prompt(),
        task.window().compare(),
        model.architecture().name(),
        model.layers(),
        model.width(),
        task.isGiven() ? "trained elsewhere" : training(task.trainedHere()));
  }

  private static String training(TrainingSpec training) {
    return String.format(
        Locale.ROOT,
        "%d passes, batch %d, learning rate %s",
        training.passes(),
        training.batchSize(),
        training.learningRate());
  }
}
