package io.nepenthe.leaderboard;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Methods over the tasks of a board that count, by mean rank; who takes no place on a task is last
 * there, and who takes none anywhere is not among them. A task on which nothing was memorized does
 * not count: being last there would be the fate of all methods that need something to forget.
 */
final class Overall {
  private final List<TaskBoard> tasks;
  private final Map<String, Entry> methods = new TreeMap<>();

  private Overall(List<TaskBoard> tasks) {
    this.tasks = tasks;
    for (TaskBoard task : tasks) {
      task.entries().stream()
          .filter(entry -> entry.rank() != null)
          .forEach(entry -> methods.putIfAbsent(entry.method(), entry));
    }
  }

  /** Returns the methods, the best first; none if one task counts, whose ranking says it all. */
  static List<OverallEntry> of(List<TaskBoard> tasks) {
    List<TaskBoard> counting = tasks.stream().filter(TaskBoard::counts).toList();
    return counting.size() < 2 ? List.of() : new Overall(counting).entries();
  }

  private List<OverallEntry> entries() {
    Map<String, List<Double>> ranks = new LinkedHashMap<>();
    methods.keySet().forEach(method -> ranks.put(method, ranks(method)));
    return methods.values().stream()
        .sorted(
            Comparator.<Entry>comparingDouble(each -> sum(ranks.get(each.method())))
                .thenComparingDouble(each -> sum(positions(each.method())))
                .thenComparing(Entry::name)
                .thenComparing(Entry::method))
        .map(each -> entry(each, ranks))
        .toList();
  }

  private OverallEntry entry(Entry method, Map<String, List<Double>> ranks) {
    List<Double> own = Objects.requireNonNull(ranks.get(method.method()));
    int better = (int) ranks.values().stream().filter(other -> sum(other) < sum(own)).count();
    List<String> missing = new ArrayList<>();
    List<String> marked = new ArrayList<>();
    for (TaskBoard task : tasks) {
      Optional<Entry> found = ranked(task, method.method());
      if (found.isEmpty()) {
        missing.add(task.task());
      } else if (found.get().overUnlearned()) {
        marked.add(task.task());
      }
    }
    return new OverallEntry(
        method.method(),
        method.name(),
        method.family(),
        method.version(),
        method.jar(),
        method.submission(),
        better + 1,
        Objects.requireNonNull(Value.ranged(own)),
        tasks.size() - missing.size(),
        missing,
        marked);
  }

  /** Ranks are halves, so that their sums are exact and equal ones are found. */
  private static double sum(List<Double> ranks) {
    return ranks.stream().mapToDouble(Double::doubleValue).sum();
  }

  private List<Double> ranks(String method) {
    return tasks.stream()
        .map(
            task ->
                ranked(task, method)
                    .map(entry -> Objects.requireNonNull(entry.rank()))
                    .orElseGet(() -> last(task)))
        .toList();
  }

  /** Returns the place in the order of scores, which decides who is printed first among equals. */
  private List<Double> positions(String method) {
    return tasks.stream()
        .map(
            task ->
                ranked(task, method)
                    .map(entry -> 1.0 + task.entries().indexOf(entry))
                    .orElseGet(() -> last(task)))
        .toList();
  }

  private static Optional<Entry> ranked(TaskBoard task, String method) {
    return task.entries().stream()
        .filter(entry -> entry.method().equals(method) && entry.rank() != null)
        .findFirst();
  }

  /** Returns the mean of the positions behind all ranked methods. */
  private double last(TaskBoard task) {
    long ranked = task.entries().stream().filter(entry -> entry.rank() != null).count();
    return (ranked + 1 + methods.size()) / 2.0;
  }
}
