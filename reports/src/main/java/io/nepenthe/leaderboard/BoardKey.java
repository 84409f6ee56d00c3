package io.nepenthe.leaderboard;

import io.nepenthe.protocol.Fidelity;
import io.nepenthe.runstore.TrialIdentity;
import java.util.Comparator;
import java.util.List;

/** What results must share to be ranked together. */
record BoardKey(String protocol, Fidelity fidelity, List<String> quirks)
    implements Comparable<BoardKey> {
  /** The newest protocol first, clean before reference. */
  private static final Comparator<BoardKey> ORDER =
      Comparator.comparing(BoardKey::protocol, Versions.OLDEST_FIRST.reversed())
          .thenComparing(BoardKey::fidelity)
          .thenComparing(key -> key.quirks().toString());

  BoardKey {
    quirks = quirks.stream().sorted().toList();
  }

  static BoardKey of(TrialIdentity identity) {
    return new BoardKey(identity.protocol(), identity.fidelity(), identity.quirks());
  }

  @Override
  public int compareTo(BoardKey other) {
    return ORDER.compare(this, other);
  }
}
