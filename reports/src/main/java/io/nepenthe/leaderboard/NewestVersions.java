package io.nepenthe.leaderboard;

import io.nepenthe.runstore.TrialIdentity;
import io.nepenthe.runstore.TrialResult;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The version of each method that counts: the newest that has a trial. */
final class NewestVersions {
  private final SortedMap<String, TreeSet<String>> versions = new TreeMap<>();

  private NewestVersions() {}

  static NewestVersions of(Stream<TrialResult> trials) {
    NewestVersions newest = new NewestVersions();
    trials
        .map(TrialResult::identity)
        .forEach(
            identity ->
                newest
                    .versions
                    .computeIfAbsent(
                        identity.method(), method -> new TreeSet<>(Versions.OLDEST_FIRST))
                    .add(identity.methodVersion()));
    return newest;
  }

  boolean has(TrialResult trial) {
    TrialIdentity identity = trial.identity();
    TreeSet<String> all = versions.get(identity.method());
    return all != null && all.last().equals(identity.methodVersion());
  }

  /** Returns a sentence for every version that does not count. */
  List<String> leftOut() {
    List<String> sentences = new ArrayList<>();
    versions.forEach(
        (method, all) ->
            all.headSet(all.last())
                .forEach(
                    version ->
                        sentences.add(
                            method + " " + version + ": " + all.last() + " is newer, and ranked")));
    return sentences;
  }
}
