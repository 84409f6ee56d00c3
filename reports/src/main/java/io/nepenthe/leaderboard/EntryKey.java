package io.nepenthe.leaderboard;

import io.nepenthe.runstore.TrialIdentity;
import java.util.Comparator;

/**
 * What an entry is: one jar of one version of a method. What two jars measured is never averaged,
 * whatever they call themselves.
 *
 * @param method id of the method
 * @param version of the plugin
 * @param jar SHA-256 of its jar
 */
record EntryKey(String method, String version, String jar) implements Comparable<EntryKey> {
  private static final Comparator<EntryKey> ORDER =
      Comparator.comparing(EntryKey::method)
          .thenComparing(EntryKey::version, Versions.OLDEST_FIRST)
          .thenComparing(EntryKey::jar);

  static EntryKey of(TrialIdentity trial) {
    return new EntryKey(trial.method(), trial.methodVersion(), trial.jarSha256());
  }

  @Override
  public int compareTo(EntryKey other) {
    return ORDER.compare(this, other);
  }
}
