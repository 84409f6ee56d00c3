package io.nepenthe.runstore;

import io.nepenthe.metric.Scores;
import io.nepenthe.metric.SplitScores;
import io.nepenthe.provenance.Provenance;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The base measurement of one task and seed, with the curve of its training. One JSON file.
 *
 * @param schema "nepenthe-original/3"
 * @param id task and seed; also the file's name
 * @param task id of the task
 * @param seed the run seed
 * @param taskHash hash of the task's definition
 * @param dataHash hash of every row of the task's data
 * @param checkpointHash hash of the weights
 * @param parameters number of weights
 * @param scores of the fully trained model
 * @param split the same on two halves of the rows; null in the first version
 * @param memorizedRows indices of the artifact rows it reproduces: the forget set
 * @param curve scores over training, rising by pass; the last is the final model
 * @param trainingSeconds time of all passes, measuring left out
 * @param provenance where it was measured
 */
public record OriginalResult(
    String schema,
    String id,
    String task,
    long seed,
    String taskHash,
    String dataHash,
    String checkpointHash,
    long parameters,
    Scores scores,
    @Nullable SplitScores split,
    List<Integer> memorizedRows,
    List<CurvePoint> curve,
    double trainingSeconds,
    Provenance provenance) {
  /** The schema this program writes. */
  public static final String SCHEMA = "nepenthe-original/3";

  /** Copies the lists. */
  public OriginalResult {
    memorizedRows = List.copyOf(memorizedRows);
    curve = List.copyOf(curve);
  }

  /** Returns the id of the base measurement of a task and seed. */
  public static String id(String task, long seed) {
    return task + "_s" + seed;
  }

  /** Returns true if this program can read it. */
  boolean hasKnownSchema() {
    return SCHEMA.equals(schema);
  }

  /**
   * Scores at one moment of training.
   *
   * @param pass passes made
   * @param trainingLoss mean loss of that pass, in nats
   * @param scores of the model then
   */
  public record CurvePoint(int pass, double trainingLoss, Scores scores) {}
}
