package io.nepenthe.plugin;

import java.util.List;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;

/**
 * Where a localization puts what it finds. The host looks at its clock at each {@link #put}: a grid
 * point is charged what has passed since the localization began, which is what it would have taken
 * alone. So put what is found as soon as it is found, and nothing before.
 *
 * @param <P> record of hyper-parameters
 * @param <L> kind of localization
 */
@FunctionalInterface
public interface Localizations<P, L> {
  /**
   * Takes what a point's edit needs.
   *
   * @param localization complete: whoever hands it over does not change it afterwards
   */
  void put(P point, L localization);

  /** Takes what the edits of several points need. */
  default void putForAll(List<P> points, L localization) {
    points.forEach(point -> put(point, localization));
  }

  /**
   * Runs a localization that learns, and takes a snapshot of it for every point, after as many
   * epochs as the point asks for. Points that ask for equally many share one.
   *
   * @param points at least one
   * @param epochs how many epochs a point asks for, at least 1
   * @param epoch runs one epoch
   * @param snapshot returns what has been found so far
   */
  default void putAfterEpochs(
      List<P> points,
      ToIntFunction<P> epochs,
      Epoch epoch,
      Supplier<L> snapshot,
      MitigationContext context) {
    int last = points.stream().mapToInt(epochs).max().orElseThrow();
    for (int number = 1; number <= last; number++) {
      int run = number;
      long before = number - 1L;
      epoch.run(number, (done, total) -> context.progress(before * total + done, last * total));
      List<P> due = points.stream().filter(point -> epochs.applyAsInt(point) == run).toList();
      if (!due.isEmpty()) {
        putForAll(due, snapshot.get());
      }
    }
  }

  /** One epoch of a localization that learns. */
  @FunctionalInterface
  interface Epoch {
    /**
     * Runs the epoch.
     *
     * @param number from 1
     * @param progress is told the steps of this epoch; it stops a cancelled run
     */
    void run(int number, Progress progress);
  }

  /** Frees the arrays of a localization that holds any; a second time does nothing. */
  static void release(Object localization) {
    if (localization instanceof AutoCloseable open) {
      try {
        open.close();
      } catch (RuntimeException e) {
        throw e;
      } catch (Exception e) {
        throw new IllegalStateException("cannot close " + open, e);
      }
    }
  }
}
