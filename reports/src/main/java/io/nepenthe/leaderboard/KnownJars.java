package io.nepenthe.leaderboard;

import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Ids that belong to certain jars, as those of the methods that Nepenthe ships. A jar with such an
 * id that is none of these takes no place and sets no limit.
 *
 * @param byId SHA-256 of the jars that may have an id
 */
public record KnownJars(Map<String, Set<String>> byId) {
  /** No id belongs to anybody. */
  public static final KnownJars NONE = new KnownJars(Map.of());

  /** Copies the map, sorted. */
  public KnownJars {
    Map<String, Set<String>> copy = new TreeMap<>();
    byId.forEach((id, jars) -> copy.put(id, Collections.unmodifiableSet(new TreeSet<>(jars))));
    byId = Collections.unmodifiableMap(copy);
  }

  /** Returns these and others. */
  public KnownJars and(Map<String, Set<String>> others) {
    Map<String, Set<String>> all = new TreeMap<>();
    byId.forEach((id, jars) -> all.put(id, new TreeSet<>(jars)));
    others.forEach((id, jars) -> all.computeIfAbsent(id, any -> new TreeSet<>()).addAll(jars));
    return new KnownJars(all);
  }

  /** Returns true if an id belongs to nobody, or a jar may have it. */
  boolean admits(String id, String jar) {
    Set<String> jars = byId.get(id);
    return jars == null || jars.contains(jar);
  }

  boolean admits(EntryKey key) {
    return admits(key.method(), key.jar());
  }
}
