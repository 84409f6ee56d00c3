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
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a run was: {@code run.json} of its folder.
 *
 * @param schema "nepenthe-run/2"
 * @param suite name of the suite
 * @param description the suite's own words
 * @param protocol version of the measuring rules
 * @param fidelity clean or reference
 * @param quirks reproduced defects, by id, with their number in the reference's list
 * @param seeds the run seeds
 * @param tasks ids of the tasks, in the suite's order
 * @param taskNotes one line per task: data, model, training
 * @param methods ids of the methods, in the suite's order
 * @param selection rules that choose the winners, by id of the task; null in the first version
 * @param secondsByPhase wall seconds of "training", "mitigation", "scoring", "timing", "total"
 * @param provenance of the judge
 */
public record RunInfo(
    String schema,
    String suite,
    String description,
    String protocol,
    Fidelity fidelity,
    Map<String, String> quirks,
    List<Long> seeds,
    List<String> tasks,
    Map<String, String> taskNotes,
    List<String> methods,
    @Nullable Map<String, SelectionSpec> selection,
    Map<String, Double> secondsByPhase,
    Provenance provenance) {
  /** The schema this program writes. */
  public static final String SCHEMA = "nepenthe-run/2";

  private static final String FIRST_SCHEMA = "nepenthe-run/1";

  /** Returns true if this program can read it. */
  boolean hasKnownSchema() {
    return SCHEMA.equals(schema) || FIRST_SCHEMA.equals(schema);
  }

  /** Returns the rules that choose the winners on a task. */
  public SelectionSpec selection(String task) {
    return selection == null
        ? SelectionSpec.MATH
        : selection.getOrDefault(task, SelectionSpec.MATH);
  }

  /**
   * Refuses a suite that is not this run's, whose results would be mistaken for it: of another name
   * or fidelity.
   *
   * @param folder where this run lies
   * @param advice a sentence on what to do
   */
  public void requireOf(Suite other, Path folder, String advice) {
    if (!suite.equals(other.name()) || fidelity != other.fidelity()) {
      throw new NepentheException(
          ErrorCode.BAD_USAGE,
          folder
              + " holds a run of "
              + words(suite, fidelity)
              + ", not of "
              + words(other.name(), other.fidelity())
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
    if (!partTasks.containsAll(tasks)
        || !partMethods.containsAll(methods)
        || !part.seeds().containsAll(seeds)) {
      throw new NepentheException(
          ErrorCode.BAD_USAGE,
          folder
              + " holds a run of more than that part of "
              + words(suite, fidelity)
              + ". Choose another --out folder.");
    }
  }

  private static String words(String suite, Fidelity fidelity) {
    return "suite " + suite + " in " + fidelity.id() + " fidelity";
  }
}
