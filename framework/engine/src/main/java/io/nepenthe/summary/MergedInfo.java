package io.nepenthe.summary;

import io.nepenthe.runstore.MethodInfo;
import io.nepenthe.runstore.RunInfo;
import io.nepenthe.runstore.TaskInfo;
import io.nepenthe.suite.SelectionSpec;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What several runs of one suite are together. */
final class MergedInfo {
  private MergedInfo() {}

  /**
   * Returns the union; where they differ, the first run that holds its definition says how it is,
   * or else the first that knows.
   */
  static RunInfo of(List<RunInfo> runs) {
    RunInfo first = runs.get(0);
    Map<String, TaskInfo> tasks = new LinkedHashMap<>();
    Map<String, MethodInfo> methods = new LinkedHashMap<>();
    Map<String, SelectionSpec> selection = new HashMap<>();
    Map<String, Double> seconds = new TreeMap<>();
    for (RunInfo run : definedFirst(runs)) {
      run.taskInfo().forEach(tasks::putIfAbsent);
      run.methodInfo()
          .forEach(
              (id, info) ->
                  methods.merge(
                      id, info, (one, other) -> one.equals(MethodInfo.UNKNOWN) ? other : one));
      run.tasks().forEach(task -> selection.merge(task, run.selection(task), MergedInfo::limited));
      run.secondsByPhase().forEach((phase, spent) -> seconds.merge(phase, spent, Double::sum));
    }
    return new RunInfo(
        first.suite(),
        first.description(),
        first.protocol(),
        first.fidelity(),
        first.quirks(),
        runs.stream().flatMap(run -> run.seeds().stream()).distinct().sorted().toList(),
        tasks,
        methods,
        selection,
        seconds,
        first.provenance(),
        runs.stream().allMatch(RunInfo::holdsDefinition));
  }

  private static List<RunInfo> definedFirst(List<RunInfo> runs) {
    return runs.stream()
        .sorted(Comparator.comparing(run -> run.holdsDefinition() ? 0 : 1))
        .toList();
  }

  /** A part of a suite may lack the method whose time is the limit. */
  private static SelectionSpec limited(SelectionSpec one, SelectionSpec other) {
    return one.limit() == null ? one.limitedBy(other.limit()) : one;
  }
}
