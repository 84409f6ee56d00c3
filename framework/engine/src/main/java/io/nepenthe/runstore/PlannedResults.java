package io.nepenthe.runstore;

import io.nepenthe.json.Json;
import io.nepenthe.suite.MethodChoice;
import io.nepenthe.suite.TaskSpec;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a run is to hold, as its definition says it before anything is measured. */
public final class PlannedResults {
  private final Map<String, String> taskHashes = new LinkedHashMap<>();
  private final Map<String, TrialIdentity> trials = new LinkedHashMap<>();
  private final Set<String> leavingTheModel = new HashSet<>();

  private PlannedResults() {}

  /** Returns what a run of that definition is to hold. */
  public static PlannedResults of(RunFile run) {
    PlannedResults planned = new PlannedResults();
    for (TaskSpec task : run.suite().tasks()) {
      String hash = task.hash();
      for (long seed : run.suite().seeds()) {
        planned.taskHashes.put(OriginalResult.id(task.id(), seed), hash);
        run.methods().forEach(method -> planned.add(run, task.id(), hash, seed, method));
      }
    }
    return planned;
  }

  private void add(RunFile run, String task, String hash, long seed, RunMethod method) {
    Map<String, List<Number>> grid = method.grids().get(task);
    if (method.descriptor().leavesTheModel()) {
      leavingTheModel.add(method.id());
    }
    if (grid == null || !runsWith(run, method.id(), seed)) {
      return;
    }
    for (Map<String, Number> point : method.points(grid)) {
      TrialIdentity identity =
          TrialIdentity.of(
              run.suite(), task, hash, seed, method.id(), method.version(), method.sha256(), point);
      trials.put(key(identity), identity);
    }
  }

  private static boolean runsWith(RunFile run, String method, long seed) {
    return run.suite().methods().stream()
        .filter(choice -> choice.id().equals(method))
        .anyMatch((MethodChoice choice) -> choice.runsWith(seed));
  }

  private static String key(TrialIdentity identity) {
    return Json.canonical(identity.anywhere());
  }

  /** Returns the ids of the base measurements. */
  public List<String> originals() {
    return List.copyOf(taskHashes.keySet());
  }

  /** Returns the trials, on whatever rows and models their tasks and seeds give. */
  public List<TrialIdentity> trials() {
    return Collections.unmodifiableList(new ArrayList<>(trials.values()));
  }

  /** Returns true if a base measurement is one of them. */
  public boolean holds(OriginalResult original) {
    return original.taskHash().equals(taskHashes.get(original.id()))
        && original.id().equals(OriginalResult.id(original.task(), original.seed()));
  }

  /** Returns true if a trial is one of them, whatever rows and model it was measured on. */
  public boolean holds(TrialIdentity trial) {
    return trials.containsKey(key(trial));
  }

  /** Returns true if the method of a trial is to leave the model as it is. */
  public boolean leavesTheModel(TrialIdentity trial) {
    return leavingTheModel.contains(trial.method());
  }
}
