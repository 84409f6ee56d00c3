package io.nepenthe.runstore;

import io.nepenthe.suite.MethodChoice;
import io.nepenthe.suite.Suite;
import io.nepenthe.suite.TaskSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Tells whether a run is of a suite, or of a part of it, whatever methods it adds. */
public final class SuiteMatch {
  private SuiteMatch() {}

  /**
   * Returns where a run's definition is another than a suite's, one sentence each; empty if the run
   * is of the suite.
   *
   * @param suite with whose time limits written out
   */
  public static List<String> differences(RunFile run, Suite suite) {
    List<String> differences = new ArrayList<>();
    if (!run.suite().protocol().equals(suite.protocol())) {
      differences.add(
          "it was measured by protocol " + run.suite().protocol() + ", not " + suite.protocol());
    }
    if (run.suite().fidelity() != suite.fidelity()) {
      differences.add(
          "its fidelity is " + run.suite().fidelity().id() + ", not " + suite.fidelity().id());
    }
    Map<String, TaskSpec> tasks = new HashMap<>();
    suite.tasks().forEach(task -> tasks.put(task.id(), task));
    for (TaskSpec task : run.suite().tasks()) {
      TaskSpec asked = tasks.get(task.id());
      if (asked == null) {
        differences.add("suite " + suite.name() + " has no task " + task.id());
      } else if (!asked.hash().equals(task.hash())) {
        differences.add("task " + task.id() + " is defined otherwise in suite " + suite.name());
      } else if (!suite.selection(asked).equals(run.selection().get(task.id()))) {
        differences.add("task " + task.id() + " has other rules in suite " + suite.name());
      }
    }
    methods(run, suite, differences);
    return differences;
  }

  /** A method of the suite must be searched as there. */
  private static void methods(RunFile run, Suite suite, List<String> differences) {
    Map<String, MethodChoice> asked = new HashMap<>();
    suite.methods().forEach(method -> asked.put(method.id(), method));
    for (MethodChoice method : run.suite().methods()) {
      MethodChoice there = asked.get(method.id());
      if (there != null && !there.equals(method)) {
        differences.add("method " + method.id() + " is searched otherwise in " + suite.name());
      }
    }
  }
}
