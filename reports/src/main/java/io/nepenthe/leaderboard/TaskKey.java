package io.nepenthe.leaderboard;

import io.nepenthe.json.Json;
import io.nepenthe.protocol.ContentHash;
import io.nepenthe.suite.SelectionSpec;
import java.util.Comparator;

/**
 * What results must share to be scores of the same task: its name, its definition, and its rules
 * with the method whose time limits that of others.
 */
record TaskKey(String task, String taskHash, SelectionSpec rules) implements Comparable<TaskKey> {
  private static final int SHORT = 8;
  private static final Comparator<TaskKey> ORDER =
      Comparator.comparing(TaskKey::task)
          .thenComparing(TaskKey::taskHash)
          .thenComparing(key -> Json.line(key.rules()));

  /** Returns a hash that tells it from other definitions of the same name. */
  String shortHash() {
    return ContentHash.of(taskHash + Json.line(rules)).substring(0, SHORT);
  }

  @Override
  public int compareTo(TaskKey other) {
    return ORDER.compare(this, other);
  }
}
