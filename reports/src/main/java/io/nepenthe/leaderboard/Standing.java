package io.nepenthe.leaderboard;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Which jar of each method may take a place, and why the others may not. A method has one place, so
 * that nobody takes more of them by another jar or version of the same: of its versions the newest,
 * and of the jars of a version the first.
 */
final class Standing {
  private static final int SHORT = 12;

  private final Map<EntryKey, String> refused = new TreeMap<>();
  private final Map<EntryKey, String> older = new TreeMap<>();

  private Standing() {}

  /**
   * Decides.
   *
   * @param claimants of all jars, in the order in which they came, who brought them first; empty
   *     where that is not known
   */
  static Standing of(Map<EntryKey, String> claimants, KnownJars known) {
    Standing standing = new Standing();
    Map<String, String> owners = new HashMap<>();
    Map<String, SortedMap<String, EntryKey>> versions = new TreeMap<>();
    claimants.forEach(
        (key, claimant) -> {
          if (!known.admits(key)) {
            standing.refused.put(key, taken(key, known));
            return;
          }
          String owner = owners.putIfAbsent(key.method(), claimant);
          if (owner != null && !owner.equals(claimant) && !known.byId().containsKey(key.method())) {
            standing.refused.put(
                key, "the id " + key.method() + " is that of a method of " + words(owner));
            return;
          }
          EntryKey first =
              versions
                  .computeIfAbsent(key.method(), id -> new TreeMap<>(Versions.OLDEST_FIRST))
                  .putIfAbsent(key.version(), key);
          if (first != null) {
            standing.refused.put(
                key,
                "%s %s came first with another jar (%s): changed code needs a new version"
                    .formatted(key.method(), key.version(), brief(first.jar())));
          }
        });
    versions.values().forEach(standing::older);
    return standing;
  }

  private static String words(String owner) {
    return owner.isEmpty() ? "somebody else" : owner;
  }

  private static String taken(EntryKey key, KnownJars known) {
    return "the id %s belongs to another jar (%s); this one is %s"
        .formatted(
            key.method(),
            known.byId().getOrDefault(key.method(), Set.of()).stream()
                .map(Standing::brief)
                .collect(Collectors.joining(", ")),
            brief(key.jar()));
  }

  private void older(SortedMap<String, EntryKey> versions) {
    String newest = versions.lastKey();
    versions
        .headMap(newest)
        .forEach(
            (version, key) ->
                older.put(
                    key, key.method() + " " + version + ": " + newest + " is newer, and ranked"));
  }

  /** Returns the beginning of a hash, enough to tell jars apart by eye. */
  static String brief(String hash) {
    return hash.substring(0, Math.min(SHORT, hash.length()));
  }

  /** Returns why a jar takes no place although it is listed; empty if it may. */
  Optional<String> refusal(EntryKey key) {
    return Optional.ofNullable(refused.get(key));
  }

  /** Returns true if a newer version of the method is there: this one is not even listed. */
  boolean isOlder(EntryKey key) {
    return older.containsKey(key);
  }

  /** Returns a sentence for every version that is not listed. */
  List<String> leftOut() {
    return new ArrayList<>(older.values());
  }
}
