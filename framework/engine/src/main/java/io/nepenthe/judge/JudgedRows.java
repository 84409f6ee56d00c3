package io.nepenthe.judge;

import io.nepenthe.data.Sequences;
import io.nepenthe.protocol.RandomStreams;
import io.nepenthe.task.TaskData;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** Which rows of a task a score is of: indices of eligible artifact rows and of each test set. */
final class JudgedRows {
  private final int[] artifacts;
  private final Map<String, int[]> tests;

  private JudgedRows(int[] artifacts, Map<String, int[]> tests) {
    this.artifacts = artifacts;
    this.tests = tests;
  }

  /** Returns every row there is. */
  static JudgedRows all(TaskData data) {
    Map<String, int[]> tests = new LinkedHashMap<>();
    data.tests().forEach((name, rows) -> tests.put(name, rows.indices()));
    return new JudgedRows(data.scored().eligibleRows(), tests);
  }

  /** Returns the half of the rows that settings are chosen on. */
  static JudgedRows validation(TaskData data, long seed) {
    return half(data, seed, true);
  }

  /** Returns the other half. */
  static JudgedRows holdout(TaskData data, long seed) {
    return half(data, seed, false);
  }

  private static JudgedRows half(TaskData data, long seed, boolean validation) {
    RandomStreams streams = new RandomStreams(seed);
    Map<String, int[]> tests = new LinkedHashMap<>();
    for (Map.Entry<String, Sequences> test : data.tests().entrySet()) {
      tests.put(
          test.getKey(),
          half(test.getValue().indices(), "test/" + test.getKey(), streams, validation));
    }
    return new JudgedRows(
        half(data.scored().eligibleRows(), "artifacts", streams, validation), tests);
  }

  /** Every set is dealt by a stream of its own, so that one never moves another. */
  private static int[] half(int[] rows, String name, RandomStreams streams, boolean validation) {
    int[] order = RandomStreams.permutation(rows.length, streams.stream("validation/" + name));
    int middle = (rows.length + 1) / 2;
    return Arrays.stream(order, validation ? 0 : middle, validation ? middle : rows.length)
        .map(i -> rows[i])
        .sorted()
        .toArray();
  }

  /** Returns true if every test set has a row: else there is no accuracy. */
  boolean areScorable() {
    return tests.values().stream().allMatch(rows -> rows.length > 0);
  }

  /** Returns indices of eligible artifact rows, rising. */
  int[] artifacts() {
    return artifacts.clone();
  }

  /** Returns indices of rows of a test set, rising. */
  int[] test(String name) {
    return tests.get(name).clone();
  }
}
