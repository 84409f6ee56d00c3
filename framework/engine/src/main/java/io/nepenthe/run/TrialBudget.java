package io.nepenthe.run;

import java.util.List;
import java.util.OptionalLong;

/**
 * What the trials of a run may take, and which are the first: what has no room is left undone, and
 * a later call of the run does it. Thread-safe.
 */
public interface TrialBudget {
  /** All trials, in the order of the suite. */
  TrialBudget UNLIMITED =
      new TrialBudget() {
        @Override
        public List<TrialGroup> inOrder(List<TrialGroup> groups) {
          return groups;
        }

        @Override
        public TrialGroup begin(TrialGroup group) {
          return group;
        }

        @Override
        public OptionalLong end() {
          return OptionalLong.empty();
        }

        @Override
        public void ended(TrialGroup group, boolean whole) {
          // nobody counts
        }
      };

  /** Returns the groups of one original model in the order in which they are to be begun. */
  List<TrialGroup> inOrder(List<TrialGroup> groups);

  /** Returns a group with those of its points that there is room for, maybe none; it begins. */
  TrialGroup begin(TrialGroup group);

  /** Returns when whatever runs then is ended, by {@link System#nanoTime}; empty if nothing is. */
  OptionalLong end();

  /**
   * A group that was begun has ended.
   *
   * @param group as {@link #begin} returned it
   * @param whole whether all its points have results
   */
  void ended(TrialGroup group, boolean whole);
}
