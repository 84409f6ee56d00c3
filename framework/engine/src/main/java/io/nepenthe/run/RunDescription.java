package io.nepenthe.run;

import io.nepenthe.protocol.Quirk;
import io.nepenthe.provenance.Provenance;
import io.nepenthe.runstore.RunInfo;
import io.nepenthe.suite.MethodChoice;
import io.nepenthe.suite.SelectionSpec;
import io.nepenthe.suite.Suite;
import io.nepenthe.suite.TaskSpec;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** Says of a suite, for readers of its results, what a run of it is. */
final class RunDescription {
  private RunDescription() {}

  static RunInfo of(Suite suite, Map<String, Double> secondsByPhase, Provenance provenance) {
    Map<String, String> quirks = new TreeMap<>();
    for (Quirk quirk : suite.quirks()) {
      quirks.put(quirk.id(), quirk.reference());
    }
    Map<String, String> notes = new LinkedHashMap<>();
    Map<String, SelectionSpec> selection = new LinkedHashMap<>();
    for (TaskSpec task : suite.tasks()) {
      notes.put(task.id(), TaskNotes.of(task));
      selection.put(task.id(), suite.selection(task));
    }
    return new RunInfo(
        RunInfo.SCHEMA,
        suite.name(),
        suite.description().strip(),
        suite.protocol(),
        suite.fidelity(),
        quirks,
        suite.seeds(),
        suite.tasks().stream().map(TaskSpec::id).toList(),
        notes,
        suite.methods().stream().map(MethodChoice::id).toList(),
        selection,
        secondsByPhase,
        provenance);
  }
}
