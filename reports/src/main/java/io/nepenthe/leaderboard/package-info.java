/**
 * A ranking of methods over the results of any number of runs.
 *
 * <p>{@link io.nepenthe.leaderboard.LeaderboardWriter} is the way in. A {@link
 * io.nepenthe.leaderboard.Leaderboard} is a pure function of stored results, whatever their order:
 * the same runs give the same bytes. What must not be compared is kept apart: protocols and
 * fidelities have boards of their own, definitions of a task are tasks of their own, and times of
 * other machines are left blank.
 */
@org.jspecify.annotations.NullMarked
package io.nepenthe.leaderboard;
