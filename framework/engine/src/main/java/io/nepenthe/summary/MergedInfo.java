package io.nepenthe.summary;

import io.nepenthe.runstore.RunInfo;
import io.nepenthe.suite.SelectionSpec;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** What several runs of one suite are together. */
final class MergedInfo {
  private MergedInfo() {}

  /** Returns the union; where they differ, the first says how it is. */
  static RunInfo of(List<RunInfo> runs) {
    RunInfo first = runs.get(0);
    Map<String, SelectionSpec> selection = new HashMap<>();
    Map<String, String> notes = new HashMap<>();
    Map<String, Double> seconds = new TreeMap<>();
    for (RunInfo run : runs) {
      run.tasks().forEach(task -> selection.putIfAbsent(task, run.selection(task)));
      run.taskNotes().forEach(notes::putIfAbsent);
      run.secondsByPhase().forEach((phase, spent) -> seconds.merge(phase, spent, Double::sum));
    }
    return new RunInfo(
        RunInfo.SCHEMA,
        first.suite(),
        first.description(),
        first.protocol(),
        first.fidelity(),
        first.quirks(),
        union(runs, RunInfo::seeds).stream().sorted().toList(),
        union(runs, RunInfo::tasks),
        notes,
        union(runs, RunInfo::methods),
        selection,
        seconds,
        first.provenance());
  }

  private static <T> List<T> union(List<RunInfo> runs, Function<RunInfo, List<T>> part) {
    return runs.stream().flatMap(run -> part.apply(run).stream()).distinct().toList();
  }
}
