package io.nepenthe.report.view;

import io.nepenthe.runstore.RunInfo;

/**
 * Commands that repeat what a run did, from its folder alone; of a run that does not hold its
 * definition, from the suite of its name.
 */
public final class RepeatCommand {
  /** Stands in a command for the run's folder. */
  public static final String FOLDER = "RUN";

  private RepeatCommand() {}

  /** Returns the command for all that the run holds. */
  public static String wholeRun(RunInfo run) {
    return "./nepenthe run " + source(run) + " --out DIR" + fidelity(run);
  }

  /** Returns the command for all settings of a method on a task with a seed. */
  public static String trials(RunInfo run, String task, String method, long seed) {
    return "./nepenthe run %s --tasks %s --methods %s --seeds %d%s"
        .formatted(source(run), word(task), word(method), seed, fidelity(run));
  }

  /** Returns the command that trains the unmitigated model of a task and seed. */
  public static String training(RunInfo run, String task, long seed) {
    return "./nepenthe train %s --task %s --seed %d%s"
        .formatted(source(run), word(task), seed, fidelity(run));
  }

  /** Says what stands in the commands for something else; empty if nothing does. */
  public static String legend(RunInfo run) {
    return run.holdsDefinition()
        ? FOLDER + " is the folder of the run, wherever it lies now: it holds suite and plugins."
        : "";
  }

  private static String source(RunInfo run) {
    return run.holdsDefinition() ? FOLDER : word(run.suite());
  }

  private static String fidelity(RunInfo run) {
    return run.holdsDefinition() ? "" : " --fidelity " + run.fidelity().id();
  }

  /** Returns one word of a shell's command line. */
  private static String word(String text) {
    return text.matches("[A-Za-z0-9._-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
  }
}
