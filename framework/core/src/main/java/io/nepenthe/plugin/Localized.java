package io.nepenthe.plugin;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A localization, with the seconds until it was found had it been computed alone.
 *
 * @param value what was found
 * @param seconds time from the start of the localization to this value
 * @param <L> kind of localization
 */
public record Localized<L>(L value, double seconds) {
  /** Returns one value for every point, found now. */
  public static <P, L> Map<P, Localized<L>> forAll(
      List<P> points, L value, MitigationContext context) {
    Localized<L> localized = new Localized<>(value, context.elapsedSeconds());
    Map<P, Localized<L>> all = new LinkedHashMap<>();
    points.forEach(point -> all.put(point, localized));
    return all;
  }
}
