package io.nepenthe.run;

import io.nepenthe.data.math.Artifact;
import io.nepenthe.data.math.MathDataSpec;
import io.nepenthe.suite.TaskSpec;

/** One line on a task, for readers of a report. */
final class TaskNotes {
  private TaskNotes() {}

  static String of(TaskSpec task) {
    MathDataSpec data = task.data();
    String artifact =
        data.artifact() instanceof Artifact.Noise noise
            ? noise.rows() + " rows with noise (rate " + noise.rate() + ")"
            : "backdoors with trigger "
                + ((Artifact.Backdoor) data.artifact()).triggerBase()
                + " + seed";
    return String.format(
        "%s sequences of %d numbers in %d tokens, primary task %d with %d rows, others %s with %d,"
            + " %s; prompt %d, compare %d; GPT-2 of %d layers, width %d; %d passes, batch %d,"
            + " learning rate %s",
        data.family().id(),
        data.numbers(),
        data.length(),
        data.primary(),
        data.primaryRows(),
        data.auxiliary(),
        data.auxiliaryRows(),
        artifact,
        task.window().prompt(),
        task.window().compare(),
        task.model().layers(),
        task.model().width(),
        task.training().passes(),
        task.training().batchSize(),
        task.training().learningRate());
  }
}
