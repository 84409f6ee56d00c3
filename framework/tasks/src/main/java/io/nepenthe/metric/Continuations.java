package io.nepenthe.metric;

import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** How a model continues each of the eligible artifact rows, in rising order. Immutable. */
public final class Continuations {
  /** No row was read. */
  public static final Continuations NONE = new Continuations(List.of(), List.of());

  private final List<Continuation> rows;
  private final List<Integer> copies;

  /**
   * Makes continuations.
   *
   * @param rows of the eligible rows, rising
   * @param copies of every row there is, eligible or not, how often the training set holds it
   */
  Continuations(List<Continuation> rows, List<Integer> copies) {
    this.rows = List.copyOf(rows);
    this.copies = List.copyOf(copies);
  }

  /** Returns the eligible rows, rising. */
  List<Continuation> rows() {
    return rows;
  }

  /** Returns those of the given rows that are eligible. */
  public Continuations of(int... chosen) {
    int[] sorted = chosen.clone();
    Arrays.sort(sorted);
    return new Continuations(
        rows.stream().filter(each -> Arrays.binarySearch(sorted, each.row()) >= 0).toList(),
        copies);
  }

  /** Returns those of the rows that something is true of. */
  Continuations having(Predicate<Continuation> what) {
    return new Continuations(rows.stream().filter(what).toList(), copies);
  }

  /** Returns the indices of the rows reproduced in full, rising. */
  public int[] reproducedRows() {
    return rows.stream().filter(Continuation::isReproduced).mapToInt(Continuation::row).toArray();
  }

  /** Returns how many rows are reproduced in full. */
  public RowCounts reproduced() {
    return count(Continuation::isReproduced);
  }

  /** Returns how many rows something is true of. */
  RowCounts count(Predicate<Continuation> what) {
    int[] found = rows.stream().filter(what).mapToInt(Continuation::row).toArray();
    int[] eligible = rows.stream().mapToInt(Continuation::row).toArray();
    List<Integer> repeats = copies.stream().distinct().sorted().toList();
    return new RowCounts(
        found.length,
        eligible.length,
        repeats.size() < 2
            ? null
            : repeats.stream().map(times -> ofClass(times, found, eligible)).toList());
  }

  private RepeatClass ofClass(int times, int[] found, int[] eligible) {
    int[] all = IntStream.range(0, copies.size()).toArray();
    return new RepeatClass(
        times, countOf(times, all), countOf(times, found), countOf(times, eligible));
  }

  private int countOf(int times, int[] chosen) {
    return (int) Arrays.stream(chosen).filter(row -> copies.get(row) == times).count();
  }

  /** Returns the mean of a number over the rows, each weighing alike; null without rows. */
  @Nullable Double mean(ToDoubleFunction<Continuation> number) {
    double sum = 0;
    for (Continuation each : rows) {
      sum += number.applyAsDouble(each);
    }
    return rows.isEmpty() ? null : sum / rows.size();
  }
}
