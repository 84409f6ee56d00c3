package io.nepenthe.plugin;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;

/**
 * A localization, with the seconds until it was found had it been computed alone.
 *
 * @param value what was found
 * @param seconds time from the start of the localization to this value
 * @param <L> kind of localization
 */
public record Localized<L>(L value, double seconds) {
  /** One epoch of a localization that learns. */
  @FunctionalInterface
  public interface Epoch {
    /**
     * Runs the epoch.
     *
     * @param number from 1
     * @param progress is told the steps of this epoch; it stops a cancelled run
     */
    void run(int number, Progress progress);
  }

  /**
   * Returns a value for every point: snapshots of one run, each after the epochs its point asks for
   * and with the time until then.
   *
   * @param points at least one
   * @param epochs how many epochs a point asks for, at least 1
   * @param epoch runs one epoch
   * @param snapshot returns what has been found so far
   */
  public static <P, L> Map<P, Localized<L>> afterEpochs(
      List<P> points,
      ToIntFunction<P> epochs,
      Epoch epoch,
      Supplier<L> snapshot,
      MitigationContext context) {
    int last = points.stream().mapToInt(epochs).max().orElseThrow();
    Map<P, Localized<L>> found = new LinkedHashMap<>();
    for (int number = 1; number <= last; number++) {
      long before = number - 1L;
      epoch.run(number, (done, total) -> context.progress(before * total + done, last * total));
      for (P point : points) {
        if (epochs.applyAsInt(point) == number) {
          found.put(point, new Localized<>(snapshot.get(), context.elapsedSeconds()));
        }
      }
    }
    return found;
  }

  /** Returns one value for every point, found now. */
  public static <P, L> Map<P, Localized<L>> forAll(
      List<P> points, L value, MitigationContext context) {
    Localized<L> localized = new Localized<>(value, context.elapsedSeconds());
    Map<P, Localized<L>> all = new LinkedHashMap<>();
    points.forEach(point -> all.put(point, localized));
    return all;
  }
}
