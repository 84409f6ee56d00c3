package io.nepenthe.testkit;

import io.nepenthe.data.Sequences;
import io.nepenthe.plugin.MitigationContext;
import io.nepenthe.plugin.Need;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** What is to be seen of one run of a method. */
final class ObservedRun {
  private static final long NANOS_TO_END = 500_000_000;

  private final float[] weights;
  private final Set<String> changedRows;
  private final Optional<String> thread;

  private ObservedRun(float[] weights, Set<String> changedRows, Optional<String> thread) {
    this.weights = weights;
    this.changedRows = changedRows;
    this.thread = thread;
  }

  /** Returns what it left behind; not a copy. */
  float[] weights() {
    return weights;
  }

  /** Returns the names of the sets of rows that it changed. */
  Set<String> changedRows() {
    return changedRows;
  }

  /** Returns the name of a thread that still ran soon after it. */
  Optional<String> thread() {
    return thread;
  }

  static <P extends Record> ObservedRun of(ContractSubject<P> subject) {
    Map<Need, Sequences> rows = TinyFixture.trained().rows();
    Map<Need, List<int[]>> before = ids(rows);
    MitigationContext context = subject.context();
    Set<Thread> threads = Thread.getAllStackTraces().keySet();
    float[] weights = MethodRunner.run(subject.method(), subject.point(), context);
    Optional<String> thread = thread(threads);
    Set<String> changed = new TreeSet<>();
    ids(rows)
        .forEach(
            (need, after) -> {
              if (!Arrays.deepEquals(before.get(need).toArray(), after.toArray())) {
                changed.add(need.id());
              }
            });
    return new ObservedRun(weights, changed, thread);
  }

  private static Map<Need, List<int[]>> ids(Map<Need, Sequences> rows) {
    Map<Need, List<int[]>> ids = new HashMap<>();
    rows.forEach(
        (need, each) ->
            ids.put(
                need, IntStream.range(0, each.rows()).mapToObj(r -> each.row(r).clone()).toList()));
    return ids;
  }

  private static Optional<String> thread(Set<Thread> before) {
    long end = System.nanoTime() + NANOS_TO_END;
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> !before.contains(thread) && isAlive(thread, end - System.nanoTime()))
        .map(Thread::getName)
        .findFirst();
  }

  private static boolean isAlive(Thread thread, long nanosToEnd) {
    try {
      thread.join(Math.max(1, nanosToEnd / 1_000_000));
    } catch (InterruptedException e) {
      throw new AssertionError("the method has interrupted its caller", e);
    }
    return thread.isAlive();
  }
}
