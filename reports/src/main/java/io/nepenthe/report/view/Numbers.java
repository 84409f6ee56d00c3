package io.nepenthe.report.view;

import io.nepenthe.statistics.Interval;
import io.nepenthe.statistics.Statistic;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How numbers are printed, the same in every country. */
public final class Numbers {
  /** What stands where there is no value. */
  public static final String MISSING = "—";

  private Numbers() {}

  /** Stands before negative numbers; a hyphen is shorter than a digit and breaks lines. */
  public static final String MINUS = "\u2212";

  /** Returns the number with that many decimals, or as 1.2e+09 if it is very large. */
  public static String decimal(double value, int decimals) {
    if (Double.isNaN(value)) {
      return MISSING;
    }
    String text = unsigned(Math.abs(value), decimals);
    return value < 0 && isMore(text) ? MINUS + text : text;
  }

  /** Returns a difference: the number with its sign. */
  public static String signed(double value, int decimals) {
    String text = decimal(value, decimals);
    return value > 0 && isMore(text) ? "+" + text : text;
  }

  private static String unsigned(double value, int decimals) {
    if (Double.isInfinite(value)) {
      return "∞";
    }
    return value < 1e6
        ? String.format(Locale.ROOT, "%." + decimals + "f", value)
        : String.format(Locale.ROOT, "%.2e", value);
  }

  /** Returns true if what is printed is more than zero, so that it has a sign. */
  private static boolean isMore(String text) {
    return text.chars().anyMatch(c -> (c >= '1' && c <= '9') || c == '∞');
  }

  public static String decimal(@Nullable Double value, Measure measure) {
    return value == null ? MISSING : decimal(value, measure.decimals(value));
  }

  /** Returns "low–high", or "low to high" where a dash would stand beside a minus. */
  static String range(double low, double high, int decimals) {
    String from = decimal(low, decimals);
    String to = decimal(high, decimals);
    return from + ((from + to).contains(MINUS) ? " to " : "–") + to;
  }

  /** Returns "low to high", empty without an interval. */
  public static String interval(@Nullable Double low, @Nullable Double high, int decimals) {
    return low == null || high == null
        ? ""
        : decimal(low, decimals) + " to " + decimal(high, decimals);
  }

  /** Returns "low to high" of the mean's interval, empty without one. */
  public static String interval(Statistic statistic, int decimals) {
    Interval interval = statistic.interval();
    return interval == null ? "" : interval(interval.low(), interval.high(), decimals);
  }

  /** Returns how many decimals keep about three digits of a time. */
  public static int secondsDecimals(double seconds) {
    double size = Math.abs(seconds);
    if (size >= 100 || size == 0) {
      return 1;
    }
    return size >= 1 ? 2 : size >= 0.1 ? 3 : 4;
  }

  /** Returns the number as data: all its digits, no trailing zero. */
  public static String exact(Number value) {
    String text = value.toString();
    return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
  }

  /** Returns "a = 1, b = 2", sorted by name; a dash if there are none. */
  public static String settings(Map<String, Number> hyperparameters) {
    return hyperparameters.isEmpty()
        ? MISSING
        : new TreeMap<>(hyperparameters)
            .entrySet().stream()
                .map(entry -> entry.getKey() + " = " + exact(entry.getValue()))
                .collect(Collectors.joining(", "));
  }

  /** Returns a long time for reading: "1 h 02 min", "3 min 05 s" or "4.21 s". */
  public static String duration(double seconds) {
    if (seconds < 0) {
      return MINUS + duration(-seconds);
    }
    if (seconds < 60) {
      return decimal(seconds, 2) + " s";
    }
    long whole = Math.round(seconds);
    return whole < 3600
        ? String.format(Locale.ROOT, "%d min %02d s", whole / 60, whole % 60)
        : String.format(Locale.ROOT, "%d h %02d min", whole / 3600, whole % 3600 / 60);
  }
}
