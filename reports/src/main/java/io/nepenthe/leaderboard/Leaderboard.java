package io.nepenthe.leaderboard;

import io.nepenthe.summary.StoredRun;
import java.util.Collection;
import java.util.List;

/**
 * All boards: {@code leaderboard.json}, described by {@code leaderboard-2.schema.json}.
 *
 * @param schema "nepenthe-leaderboard/2"
 * @param rules how methods are ranked and marked, as sentences
 * @param boards one for each protocol and fidelity; never ranked together
 */
public record Leaderboard(String schema, List<String> rules, List<Board> boards) {
  /** The schema this program writes. */
  public static final String SCHEMA = "nepenthe-leaderboard/2";

  /** Copies the lists. */
  public Leaderboard {
    rules = List.copyOf(rules);
    boards = List.copyOf(boards);
  }

  /** Returns the boards of stored runs, the same for any order of them. */
  public static Leaderboard of(Collection<StoredRun> runs) {
    return new Leaderboard(SCHEMA, Rules.sentences(), Pool.of(runs).boards());
  }
}
