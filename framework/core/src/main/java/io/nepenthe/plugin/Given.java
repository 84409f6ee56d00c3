package io.nepenthe.plugin;

import ai.djl.ndarray.NDManager;
import io.nepenthe.data.Sequences;
import io.nepenthe.data.Window;
import io.nepenthe.data.Windows;
import io.nepenthe.model.Weights;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Function;

/**
 * What a context hands out. The host makes it, of what the descriptor asks for and nothing else.
 *
 * @param rows the rows by need
 * @param windows of the rows to forget, in their order; of no rows where there is no forget set
 * @param padding the id that fills rows up to their length; empty if it is not known
 * @param models what makes the weights of another model in a manager, by need
 */
public record Given(
    Map<Need, Sequences> rows,
    Windows windows,
    OptionalInt padding,
    Map<Need, Function<NDManager, Weights>> models) {
  /** Nothing at all. */
  public static final Given NOTHING = Given.of(Map.of(), new Window(1, 1));

  /** Copies the maps and checks that there is a window, and a twin, for every row. */
  public Given {
    rows = Map.copyOf(rows);
    models = Map.copyOf(models);
    Sequences forget = rows.get(Need.FORGET_SET);
    if (forget != null && forget.rows() != windows.rows().size()) {
      throw new IllegalArgumentException(
          windows.rows().size() + " windows for " + forget.rows() + " rows to forget");
    }
    Sequences twins = rows.get(Need.FORGET_TWINS);
    if (forget != null && twins != null && forget.rows() != twins.rows()) {
      throw new IllegalArgumentException(
          twins.rows() + " clean rows in the place of " + forget.rows() + " rows to forget");
    }
  }

  /** Returns rows alone. */
  public static Given of(Map<Need, Sequences> rows, Windows windows) {
    return new Given(rows, windows, OptionalInt.empty(), Map.of());
  }

  /** Returns rows alone, of which those to forget all have one window. */
  public static Given of(Map<Need, Sequences> rows, Window window) {
    Sequences forget = rows.get(Need.FORGET_SET);
    return of(rows, Windows.same(window, forget == null ? 0 : forget.rows()));
  }

  /** Returns this, of rows that are filled up with an id. */
  public Given padded(int id) {
    return new Given(rows, windows, OptionalInt.of(id), models);
  }

  /** Returns this and the weights of another model. */
  public Given with(Need need, Function<NDManager, Weights> model) {
    Map<Need, Function<NDManager, Weights>> more = new HashMap<>(models);
    more.put(need, model);
    return new Given(rows, windows, padding, more);
  }

  /** Returns whether a need is met. */
  boolean has(Need need) {
    return rows.containsKey(need) || models.containsKey(need);
  }
}
