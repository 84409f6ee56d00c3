package io.nepenthe.study;

import io.nepenthe.runstore.ChallengeResult;
import io.nepenthe.summary.StoredRun;
import java.util.List;

/**
 * What is found of every measure, on each task of a run.
 *
 * @param schema "nepenthe-metric-study/1"
 * @param suite its name
 * @param tasks in the suite's order
 */
public record MetricStudy(String schema, String suite, List<TaskStudy> tasks) {
  /** The schema this program writes. */
  public static final String SCHEMA = "nepenthe-metric-study/1";

  /** The document of a run that holds it. */
  public static final String FILE = "metric-study";

  /** Copies the list. */
  public MetricStudy {
    tasks = List.copyOf(tasks);
  }

  /**
   * What is found on one task.
   *
   * @param task its id
   * @param seeds that have models of both pools, rising
   * @param measures those that have values
   */
  public record TaskStudy(String task, List<Long> seeds, List<MeasureStudy> measures) {
    /** Copies the lists. */
    public TaskStudy {
      seeds = List.copyOf(seeds);
      measures = List.copyOf(measures);
    }
  }

  /** Studies a run of original models and of models retrained without artifacts. */
  public static MetricStudy of(StoredRun run, List<ChallengeResult> challenged, PoolMethods pools) {
    return new MetricStudy(
        SCHEMA,
        run.info().suite(),
        run.info().tasks().stream()
            .map(task -> new TaskPools(task, run, challenged, pools).study())
            .toList());
  }
}
