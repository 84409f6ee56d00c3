package io.nepenthe.runstore;

import io.nepenthe.protocol.Fidelity;
import io.nepenthe.provenance.Provenance;
import java.util.List;
import java.util.Map;

/**
 * What a run was: {@code run.json} of its folder.
 *
 * @param schema "nepenthe-run/1"
 * @param suite name of the suite
 * @param description the suite's own words
 * @param protocol version of the measuring rules
 * @param fidelity clean or reference
 * @param quirks reproduced defects, by id, with their number in the reference's list
 * @param seeds the run seeds
 * @param tasks ids of the tasks, in the suite's order
 * @param taskNotes one line per task: data, model, training
 * @param methods ids of the methods, in the suite's order
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
    Map<String, Double> secondsByPhase,
    Provenance provenance) {
  /** The schema this program writes. */
  public static final String SCHEMA = "nepenthe-run/1";
}
