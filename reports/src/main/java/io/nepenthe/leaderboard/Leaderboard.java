package io.nepenthe.leaderboard;

import io.nepenthe.summary.StoredRun;
import java.util.List;

/**
 * All boards: {@code leaderboard.json}, described by {@code leaderboard-3.schema.json}.
 *
 * @param schema "nepenthe-leaderboard/3"
 * @param rules how methods are ranked and marked, as sentences
 * @param boards one for each protocol and fidelity; never ranked together
 */
public record Leaderboard(String schema, List<String> rules, List<Board> boards) {
  /** The schema this program writes. */
  public static final String SCHEMA = "nepenthe-leaderboard/3";

  /** Copies the lists. */
  public Leaderboard {
    rules = List.copyOf(rules);
    boards = List.copyOf(boards);
  }

  /**
   * Returns the boards of stored runs.
   *
   * @param runs where two hold a result of one entry, that of the first counts: who names them
   *     decides that, no time that a run states of itself
   */
  public static Leaderboard of(List<StoredRun> runs) {
    return of(runs, KnownJars.NONE);
  }

  /**
   * Returns the boards of submissions.
   *
   * @param submissions in the order in which they came
   */
  static Leaderboard of(List<SubmittedRun> submissions, Terms terms) {
    return new Leaderboard(SCHEMA, Rules.sentences(), Pool.of(submissions, terms).boards());
  }

  /**
   * Returns them, where some ids belong to certain jars.
   *
   * @param runs in the order in which they count *
   * @throws io.nepenthe.protocol.NepentheException with BAD_USAGE if a task's rows differ
   */
  public static Leaderboard of(List<StoredRun> runs, KnownJars known) {
    List<SubmittedRun> inOrder = runs.stream().distinct().map(SubmittedRun::of).toList();
    Pool pool = Pool.of(inOrder, Terms.ofFolders(known));
    pool.requireSameData();
    return new Leaderboard(SCHEMA, Rules.sentences(), pool.boards());
  }
}
