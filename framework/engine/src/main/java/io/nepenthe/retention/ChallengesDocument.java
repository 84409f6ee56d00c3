package io.nepenthe.retention;

import io.nepenthe.summary.StoredRun;
import java.util.List;

/**
 * What all methods of a run keep of their forgetting: {@code challenges.json} of its report.
 *
 * @param schema "nepenthe-challenges/1"
 * @param suite name of the suite
 * @param protocol version of the measuring rules
 * @param tasks that were challenged, in the suite's order
 */
public record ChallengesDocument(String schema, String suite, String protocol, List<OfTask> tasks) {
  /** The schema this program writes. */
  public static final String SCHEMA = "nepenthe-challenges/1";

  /** Copies the list. */
  public ChallengesDocument {
    tasks = List.copyOf(tasks);
  }

  /**
   * One task.
   *
   * @param task its id
   * @param retentions of each method under each variant of a challenge
   * @param ranks of the methods, as judged and under challenges; controls have none
   */
  public record OfTask(String task, List<Retention> retentions, List<RankChange> ranks) {
    /** Copies the lists. */
    public OfTask {
      retentions = List.copyOf(retentions);
      ranks = List.copyOf(ranks);
    }
  }

  /** Returns the document of a run. */
  public static ChallengesDocument of(StoredRun run) {
    return new ChallengesDocument(
        SCHEMA,
        run.info().suite(),
        run.info().protocol(),
        run.info().tasks().stream()
            .map(task -> ChallengedTask.of(task, run.challenges()))
            .filter(task -> !task.isEmpty())
            .map(task -> new OfTask(task.task(), Retention.of(task), ranks(run, task)))
            .toList());
  }

  /** Returns the two ranks of a run's methods on a task, controls aside. */
  public static List<RankChange> ranks(StoredRun run, ChallengedTask task) {
    return RankChange.of(task, JudgedMemorization.of(run, task.task()));
  }
}
