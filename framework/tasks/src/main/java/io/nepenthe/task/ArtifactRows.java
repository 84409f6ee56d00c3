package io.nepenthe.task;

import io.nepenthe.data.Sequences;
import io.nepenthe.data.Window;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The rows on which memorization is judged: artifact rows, their clean twins, and the window of
 * each. Row i of every part belongs together. Immutable.
 *
 * @param artifacts the rows as planted
 * @param twins clean rows in their place, never trained on: the same without the artifact or, where
 *     nothing was changed, others of the same kind; each is read after its own prompt
 * @param prompts the rows that begin with what artifacts are prompted with: their twins, or
 *     themselves where the twin is another text
 * @param windows per row, the tokens given and compared; a noise row's are the task's, a backdoor
 *     row's prompt ends with its trigger
 * @param eligible per row, whether it counts: artifact and twin differ in the compared window
 *     (EVALUATION 1, step 2)
 * @param copies per row, how often the training set holds it
 */
public record ArtifactRows(
    Sequences artifacts,
    Sequences twins,
    Sequences prompts,
    List<Window> windows,
    List<Boolean> eligible,
    List<Integer> copies) {
  /** Copies the lists and checks that all parts have one number of rows. */
  public ArtifactRows {
    windows = List.copyOf(windows);
    eligible = List.copyOf(eligible);
    copies = List.copyOf(copies);
    int rows = artifacts.rows();
    if (twins.rows() != rows
        || prompts.rows() != rows
        || windows.size() != rows
        || eligible.size() != rows
        || copies.size() != rows) {
      throw new IllegalArgumentException(
          "artifacts, twins, prompts, windows, eligible and copies have "
              + rows
              + ", "
              + twins.rows()
              + ", "
              + prompts.rows()
              + ", "
              + windows.size()
              + ", "
              + eligible.size()
              + ", "
              + copies.size()
              + " rows, must have the same");
    }
  }

  /** Makes rows that are prompted with their twins and that the training set holds once each. */
  public ArtifactRows(
      Sequences artifacts, Sequences twins, List<Window> windows, List<Boolean> eligible) {
    this(artifacts, twins, twins, windows, eligible, Collections.nCopies(artifacts.rows(), 1));
  }

  /** Returns these rows, held by the training set so many times each. */
  public ArtifactRows copied(List<Integer> times) {
    return new ArtifactRows(artifacts, twins, prompts, windows, eligible, times);
  }

  /** Returns these rows, prompted with the beginnings of others. */
  public ArtifactRows promptedWith(Sequences others) {
    return new ArtifactRows(artifacts, twins, others, windows, eligible, copies);
  }

  /** Returns rows whose eligibility is judged in their own window. */
  public static ArtifactRows of(Sequences artifacts, Sequences twins, List<Window> windows) {
    List<Boolean> eligible = new ArrayList<>();
    for (int r = 0; r < artifacts.rows(); r++) {
      eligible.add(differ(artifacts, twins, r, windows.get(r)));
    }
    return new ArtifactRows(artifacts, twins, windows, eligible);
  }

  /** Returns the rows at the given indices, in that order. */
  public ArtifactRows select(int... rows) {
    return new ArtifactRows(
        artifacts.select(rows),
        twins.select(rows),
        prompts.select(rows),
        IntStream.of(rows).mapToObj(windows::get).toList(),
        IntStream.of(rows).mapToObj(eligible::get).toList(),
        IntStream.of(rows).mapToObj(copies::get).toList());
  }

  /** Returns at most so many of the rows, evenly spread. */
  public static int[] spread(int most, int... rows) {
    int count = Math.min(most, rows.length);
    return IntStream.range(0, count)
        .map(i -> rows[(int) ((long) i * rows.length / count)])
        .toArray();
  }

  /** Returns the number of rows, eligible or not. */
  public int rows() {
    return artifacts.rows();
  }

  /** Returns the indices of the eligible rows. */
  public int[] eligibleRows() {
    int[] rows = new int[rows()];
    int count = 0;
    for (int r = 0; r < rows.length; r++) {
      if (eligible.get(r)) {
        rows[count++] = r;
      }
    }
    return Arrays.copyOf(rows, count);
  }

  /** Returns true if artifact and twin of a row differ within the compared part of its window. */
  public boolean differs(int row) {
    return differ(artifacts, twins, row, windows.get(row));
  }

  /** Returns true if artifact and twin of a row differ within the compared part of the window. */
  public static boolean differ(Sequences artifacts, Sequences twins, int row, Window window) {
    for (int p = window.prompt(); p < Math.min(window.end(), artifacts.length()); p++) {
      if (artifacts.token(row, p) != twins.token(row, p)) {
        return true;
      }
    }
    return false;
  }
}
