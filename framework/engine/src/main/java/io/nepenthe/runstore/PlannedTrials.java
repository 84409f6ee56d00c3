package io.nepenthe.runstore;

import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a run is to hold: {@code plan.json} of its folder.
 *
 * @param schema "nepenthe-plan/2"; the first version said none
 * @param trials ids of its trials, sorted
 */
public record PlannedTrials(@Nullable String schema, Set<String> trials) {
  static final String SCHEMA = "nepenthe-plan/2";

  /** Copies the set. */
  public PlannedTrials {
    trials = Collections.unmodifiableSet(new TreeSet<>(trials));
  }

  /** Returns a plan of this program's schema. */
  public static PlannedTrials of(Set<String> trials) {
    return new PlannedTrials(SCHEMA, trials);
  }

  /** Returns true if this program can read it. */
  boolean hasKnownSchema() {
    return schema == null || SCHEMA.equals(schema);
  }
}
