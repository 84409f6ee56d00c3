package io.nepenthe.runstore;

import io.nepenthe.model.LanguageModel;
import io.nepenthe.suite.GivenOriginal;
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
        "%s; prompt %d, compare %d; %s%s",
        task.data().inWords(),
        task.window().prompt(),
        task.window().compare(),
        task.original() != null ? given(task.original()) : trained(task),
        computed(task));
  }

  private static String computed(TaskSpec task) {
    return task.computeType() == null
        ? ""
        : "; measured and mitigated in " + task.computeType().inConfig();
  }

  private static String given(GivenOriginal original) {
    return original.step() == null
        ? "original model trained elsewhere"
        : "%s after %d steps of training elsewhere".formatted(original.title(), original.step());
  }

  private static String trained(TaskSpec task) {
    TrainingSpec training = task.trainedHere();
    LanguageModel model = task.sized();
    return String.format(
        Locale.ROOT,
        "%s of %s, width %d; %d passes, batch %d, learning rate %s",
        model.architecture().name(),
        Words.count(model.layers(), "layer"),
        model.width(),
        training.passes(),
        training.batchSize(),
        training.learningRate());
  }
}
