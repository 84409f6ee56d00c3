package io.nepenthe.report.view;

import io.nepenthe.runstore.RunInfo;

/** Commands that repeat what a run did. */
public final class RepeatCommand {
  private RepeatCommand() {}

  public static String wholeRun(RunInfo run) {
    return "./nepenthe run " + word(run.suite()) + " --out DIR" + fidelity(run);
  }

  /** Returns the command for all settings of a method on a task with a seed. */
  public static String trials(RunInfo run, String task, String method, long seed) {
    return "./nepenthe run %s --tasks %s --methods %s --seeds %d%s"
        .formatted(word(run.suite()), word(task), word(method), seed, fidelity(run));
  }

  /** Returns the command that trains the unmitigated model of a task and seed. */
  public static String training(RunInfo run, String task, long seed) {
    return "./nepenthe train %s --task %s --seed %d%s"
        .formatted(word(run.suite()), word(task), seed, fidelity(run));
  }

  private static String fidelity(RunInfo run) {
    return " --fidelity " + run.fidelity().id();
  }

  /** Returns one word of a shell's command line. */
  private static String word(String text) {
    return text.matches("[A-Za-z0-9._-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
  }
}
