package io.nepenthe.runstore;

import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.Fidelity;
import io.nepenthe.protocol.NepentheException;
import io.nepenthe.provenance.Provenance;
import io.nepenthe.suite.MethodChoice;
import io.nepenthe.suite.SelectionSpec;
import io.nepenthe.suite.Suite;
import io.nepenthe.suite.TaskSpec;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What readers of a run's results need to know of it, whatever its schema.
 *
 * @param suite name of the suite
 * @param description the suite's own words
 * @param protocol version of the measuring rules
 * @param fidelity clean or reference
 * @param quirks reproduced defects, by id, with their number in the reference's list
 * @param seeds the run seeds
 * @param taskInfo by id of the task, in the suite's order
 * @param methodInfo by id of the method, in the suite's order
 * @param selection rules that choose the winners, by id of the task
 * @param secondsByPhase wall seconds of "training", "mitigation", "scoring", "timing" and other
 *     phases, and "total"
 * @param provenance of the judge
 * @param holdsDefinition true if its folder holds all that is needed to repeat it
 */
public record RunInfo(
    String suite,
    String description,
    String protocol,
    Fidelity fidelity,
    Map<String, String> quirks,
    List<Long> seeds,
    Map<String, TaskInfo> taskInfo,
    Map<String, MethodInfo> methodInfo,
    Map<String, SelectionSpec> selection,
    Map<String, Double> secondsByPhase,
    Provenance provenance,
    boolean holdsDefinition) {
  /** Copies the collections. */
  public RunInfo {
    quirks = Map.copyOf(quirks);
    seeds = List.copyOf(seeds);
    taskInfo = Collections.unmodifiableMap(new LinkedHashMap<>(taskInfo));
    methodInfo = Collections.unmodifiableMap(new LinkedHashMap<>(methodInfo));
    selection = Map.copyOf(selection);
    secondsByPhase = Map.copyOf(secondsByPhase);
  }

  /** Returns the ids of the tasks, in the suite's order. */
  public List<String> tasks() {
    return List.copyOf(taskInfo.keySet());
  }

  /** Returns the ids of the methods, in the suite's order. */
  public List<String> methods() {
    return List.copyOf(methodInfo.keySet());
  }

  /** Returns what is known of a task; an empty note if nothing is. */
  public TaskInfo task(String id) {
    return taskInfo.getOrDefault(id, TaskInfo.noted(""));
  }

  /** Returns what is known of a method. */
  public MethodInfo method(String id) {
    return methodInfo.getOrDefault(id, MethodInfo.UNKNOWN);
  }

  /** Returns the rules that choose the winners on a task. */
  public SelectionSpec selection(String task) {
    return selection.getOrDefault(task, SelectionSpec.MATH);
  }

  /**
   * Refuses a suite that is not this run's, whose results would be mistaken for it: of another
   * name, fidelity or protocol.
   *
   * @param folder where this run lies
   * @param advice a sentence on what to do
   */
  public void requireOf(Suite other, Path folder, String advice) {
    if (!suite.equals(other.name())
        || fidelity != other.fidelity()
        || !protocol.equals(other.protocol())) {
      throw new NepentheException(
          ErrorCode.BAD_USAGE,
          folder
              + " holds a run of "
              + words(suite, fidelity, protocol)
              + ", not of "
              + words(other.name(), other.fidelity(), other.protocol())
              + ". "
              + advice);
    }
  }

  /**
   * Refuses a part of the suite that this run holds more of: its tables would be of that part.
   *
   * @param folder where this run lies
   */
  public void requireNoMoreThan(Suite part, Path folder) {
    List<String> partTasks = part.tasks().stream().map(TaskSpec::id).toList();
    List<String> partMethods = part.methods().stream().map(MethodChoice::id).toList();
    if (!partTasks.containsAll(tasks())
        || !partMethods.containsAll(methods())
        || !part.seeds().containsAll(seeds)) {
      throw new NepentheException(
          ErrorCode.BAD_USAGE,
          folder
              + " holds a run of more than that part of "
              + words(suite, fidelity, protocol)
              + ". Choose another --out folder.");
    }
  }

  private static String words(String suite, Fidelity fidelity, String protocol) {
    return "suite " + suite + " in " + fidelity.id() + " fidelity, protocol " + protocol;
  }
}
