package io.nepenthe.runstore;

import io.nepenthe.protocol.Quirk;
import io.nepenthe.provenance.Provenance;
import io.nepenthe.suite.SelectionSpec;
import io.nepenthe.suite.Suite;
import io.nepenthe.suite.TaskSpec;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The definition of a run and what it took: {@code run.json} of its folder. With the jars that lie
 * beside it, it is all that is needed to repeat the run elsewhere, but for what it names and does
 * not hold: corpora, and the folders of given models and rows.
 *
 * @param schema "nepenthe-run/3"
 * @param suite as resolved: every task in full, and which method's time limits that of others
 * @param methods in the suite's order
 * @param quirks reproduced defects, by id, with their number in the reference's list
 * @param selection rules that choose the winners, by id of the task
 * @param secondsByPhase wall seconds by phase of the run, of all calls of the command, with "total"
 * @param provenance of the judge
 */
public record RunFile(
    String schema,
    Suite suite,
    List<RunMethod> methods,
    Map<String, String> quirks,
    Map<String, SelectionSpec> selection,
    Map<String, Double> secondsByPhase,
    Provenance provenance) {
  /** The schema this program writes. */
  public static final String SCHEMA = "nepenthe-run/3";

  /** Copies the collections. */
  public RunFile {
    methods = List.copyOf(methods);
    quirks = Collections.unmodifiableMap(new TreeMap<>(quirks));
    selection = Collections.unmodifiableMap(new LinkedHashMap<>(selection));
    secondsByPhase = Collections.unmodifiableMap(new TreeMap<>(secondsByPhase));
  }

  /** Returns the file of a run of a suite, which is resolved. */
  public static RunFile of(
      Suite suite,
      List<RunMethod> methods,
      Map<String, Double> secondsByPhase,
      Provenance provenance) {
    Map<String, String> quirks = new TreeMap<>();
    for (Quirk quirk : suite.quirks()) {
      quirks.put(quirk.id(), quirk.reference());
    }
    Map<String, SelectionSpec> selection = new LinkedHashMap<>();
    for (TaskSpec task : suite.tasks()) {
      selection.put(task.id(), suite.selection(task));
    }
    return new RunFile(SCHEMA, suite, methods, quirks, selection, secondsByPhase, provenance);
  }

  /** Returns what is wrong with a grid that its method cannot have, if there is one. */
  Optional<String> impossibleGrid() {
    for (RunMethod method : methods) {
      for (String task : method.grids().keySet()) {
        try {
          method.points(method.grids().get(task));
        } catch (IllegalArgumentException e) {
          return Optional.of(
              "the grid of " + method.id() + " on task " + task + " is none: " + e.getMessage());
        }
      }
    }
    return Optional.empty();
  }

  /** Returns what readers of the run's results need to know of it. */
  public RunInfo info() {
    Map<String, TaskInfo> tasks = new LinkedHashMap<>();
    suite.tasks().forEach(task -> tasks.put(task.id(), TaskInfo.of(task)));
    Map<String, MethodInfo> known = new LinkedHashMap<>();
    methods.forEach(method -> known.put(method.id(), MethodInfo.of(method.descriptor())));
    return new RunInfo(
        suite.name(),
        suite.description().strip(),
        suite.protocol(),
        suite.fidelity(),
        quirks,
        suite.seeds(),
        tasks,
        known,
        selection,
        secondsByPhase,
        provenance,
        true);
  }
}
