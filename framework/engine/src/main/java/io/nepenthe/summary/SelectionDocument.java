package io.nepenthe.summary;

import io.nepenthe.selection.TaskSelection;
import java.util.List;

/**
 * Everything about what was chosen in a run: {@code selection.json} of its folder.
 *
 * @param schema "nepenthe-selection/2"
 * @param suite name of the suite
 * @param protocol version of the measuring rules
 * @param tasks in the suite's order
 */
public record SelectionDocument(
    String schema, String suite, String protocol, List<TaskSelection> tasks) {
  /** The schema this program writes. */
  public static final String SCHEMA = "nepenthe-selection/2";

  /** Copies the list. */
  public SelectionDocument {
    tasks = List.copyOf(tasks);
  }

  /** Returns the document of a run. */
  public static SelectionDocument of(StoredRun run) {
    return new SelectionDocument(
        SCHEMA, run.info().suite(), run.info().protocol(), run.selection());
  }
}
