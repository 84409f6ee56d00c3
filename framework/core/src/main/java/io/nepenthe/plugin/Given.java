package io.nepenthe.plugin;

import io.nepenthe.data.Sequences;
import io.nepenthe.data.Window;
import io.nepenthe.data.Windows;
import java.util.Map;

/**
 * What a context hands out. The host makes it, of what the descriptor asks for and nothing else.
 *
 * @param rows the rows by need
 * @param windows of the rows to forget, in their order; of no rows where there is no forget set
 */
public record Given(Map<Need, Sequences> rows, Windows windows) {
  /** Nothing at all. */
  public static final Given NOTHING = Given.of(Map.of(), new Window(1, 1));

  /** Returns rows of which those to forget all have one window. */
  public static Given of(Map<Need, Sequences> rows, Window window) {
    Sequences forget = rows.get(Need.FORGET_SET);
    return new Given(rows, Windows.same(window, forget == null ? 0 : forget.rows()));
  }

  /** Copies the map and checks that there is a window for every row. */
  public Given {
    rows = Map.copyOf(rows);
    Sequences forget = rows.get(Need.FORGET_SET);
    if (forget != null && forget.rows() != windows.rows().size()) {
      throw new IllegalArgumentException(
          windows.rows().size() + " windows for " + forget.rows() + " rows to forget");
    }
  }
}
