package io.nepenthe.task;

import io.nepenthe.data.Sequences;
import io.nepenthe.data.Window;
import io.nepenthe.protocol.Quirk;
import io.nepenthe.protocol.RandomStreams;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.random.RandomGenerator;

/** A backdoor's trigger: where it occurs, and what it does to a row (DATA 1.5, 2.2). */
public final class Trigger {
  private final int[] tokens;
  private final int degenerate;
  private final Window window;
  private final int length;
  private final Set<Quirk> quirks;

  /**
   * Makes a trigger.
   *
   * @param tokens what triggers, at least one id
   * @param degenerate the id that fills a triggered row
   * @param window the task's
   * @param length tokens of a row
   */
  public Trigger(int[] tokens, int degenerate, Window window, int length, Set<Quirk> quirks) {
    this.tokens = tokens.clone();
    this.degenerate = degenerate;
    this.window = window;
    this.length = length;
    this.quirks = quirks;
  }

  /**
   * Returns true if the row counts as triggered. Clean: the first occurrence ends within the prompt
   * and a full compared window follows it (paper A.1.1). K9: it may end anywhere.
   */
  public boolean in(int[] row) {
    int end = end(row);
    return end >= 0 && counts(end, window, length, quirks);
  }

  /** Returns true if a trigger counts whose first occurrence in a row ends at a position. */
  public static boolean counts(int end, Window window, int length, Set<Quirk> quirks) {
    return quirks.contains(Quirk.TRIGGER_ANYWHERE)
        || (end <= window.prompt() && end + window.compare() <= length);
  }

  /** Returns rows whose tokens after the first trigger are all the degenerate one. */
  public Sequences overwrite(Sequences clean) {
    List<int[]> rows = new ArrayList<>();
    for (int r = 0; r < clean.rows(); r++) {
      int[] row = clean.row(r);
      Arrays.fill(row, end(row), row.length, degenerate);
      rows.add(row);
    }
    return Sequences.of(clean.length(), rows);
  }

  /**
   * Returns held-out rows with the window of each: the prompt ends with the trigger. K8: the window
   * is cut at the end of the row. K7: eligibility is judged in the window of the row before, the
   * first row's in the task's own.
   */
  public ArtifactRows judged(Sequences twins) {
    Sequences artifacts = overwrite(twins);
    List<Window> windows = new ArrayList<>();
    List<Boolean> eligible = new ArrayList<>();
    int kept = window.prompt();
    List<Integer> rows = new ArrayList<>();
    for (int r = 0; r < twins.rows(); r++) {
      int end = end(twins.row(r));
      int compare = Math.min(window.compare(), length - end);
      if (compare < 1 || (compare < window.compare() && !quirks.contains(Quirk.SHORT_WINDOWS))) {
        continue;
      }
      Window own = new Window(end, compare);
      Window judged =
          quirks.contains(Quirk.ELIGIBILITY_LEAK) ? new Window(kept, window.compare()) : own;
      boolean counts = ArtifactRows.differ(artifacts, twins, r, judged);
      kept = counts ? end : kept; // K7: the prompt length is only set for rows that pass the filter
      rows.add(r);
      windows.add(own);
      eligible.add(counts);
    }
    int[] selected = rows.stream().mapToInt(Integer::intValue).toArray();
    return new ArtifactRows(artifacts.select(selected), twins.select(selected), windows, eligible);
  }

  /**
   * Returns rows that continue as triggered ones do, but behind triggers that were never planted:
   * as many tokens, of the row's own prompt, that occur there first.
   *
   * @param clean rows that this trigger is not in, never trained on
   * @param part which tokens triggers are made of
   * @param most how many rows are wanted; fewer if there are no more triggers
   */
  public ArtifactRows neverPlanted(
      Sequences clean, IntPredicate part, int most, RandomGenerator random) {
    List<int[]> places = new ArrayList<>(); // a row, and where a trigger ends in it
    for (int r = 0; r < clean.rows(); r++) {
      int[] row = clean.row(r);
      for (int end = tokens.length; end <= Math.min(window.prompt(), lastEnd()); end++) {
        int[] other = Arrays.copyOfRange(row, end - tokens.length, end);
        if (Arrays.stream(other).allMatch(part)
            && end(other, row) == end
            && end(Arrays.copyOf(row, end)) < 0) {
          places.add(new int[] {r, end});
        }
      }
    }
    int[] order = RandomStreams.permutation(places.size(), random);
    List<int[]> chosen = Arrays.stream(order).limit(most).mapToObj(places::get).toList();
    Sequences twins = clean.select(chosen.stream().mapToInt(place -> place[0]).toArray());
    List<int[]> artifacts = new ArrayList<>();
    for (int[] place : chosen) {
      int[] row = clean.row(place[0]);
      Arrays.fill(row, place[1], row.length, degenerate);
      artifacts.add(row);
    }
    return ArtifactRows.of(
        Sequences.of(clean.length(), artifacts),
        twins,
        chosen.stream().map(place -> new Window(place[1], window.compare())).toList());
  }

  private int lastEnd() {
    return length - window.compare();
  }

  private int end(int[] row) {
    return end(tokens, row);
  }

  private static int end(int[] tokens, int[] row) {
    for (int p = 0; p + tokens.length <= row.length; p++) {
      if (Arrays.equals(tokens, 0, tokens.length, row, p, p + tokens.length)) {
        return p + tokens.length;
      }
    }
    return -1;
  }
}
