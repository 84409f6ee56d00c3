package io.nepenthe.data;

import java.util.Collections;
import java.util.List;

/**
 * Which tokens of each of some rows are given and which are compared. Immutable.
 *
 * @param task the window of the task's definition, which tells how long prompts are at most; the
 *     reference's methods look at every row through it
 * @param rows each row's own window, in the rows' order: a backdoor row's prompt ends with its
 *     trigger, wherever that is
 */
public record Windows(Window task, List<Window> rows) {
  /** Copies the list. */
  public Windows {
    rows = List.copyOf(rows);
  }

  /** Returns the same window for so many rows. */
  public static Windows same(Window window, int rows) {
    return new Windows(window, Collections.nCopies(rows, window));
  }

  /** Returns the window of one row. */
  public Window row(int row) {
    return rows.get(row);
  }
}
