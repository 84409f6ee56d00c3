package io.nepenthe.report.paper;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** What methods took on the paper's models of four layers: the times of its Tables 1 and 2. */
public final class PaperTimes {
  /** Layers of the models whose times are printed. */
  public static final int LAYERS = 4;

  private static final PaperTable MATH = PaperTable.read(1);
  private static final PaperTable LANGUAGE = PaperTable.read(2);

  private PaperTimes() {}

  /**
   * Returns the seconds of a method; empty if none are printed, or none that can be right.
   *
   * @param name what the paper calls the method
   * @param isLanguage whether on language tasks, or else on math tasks
   * @param artifact "noise" or "backdoor"
   */
  public static OptionalDouble seconds(String name, boolean isLanguage, String artifact) {
    String column = artifact + "_time_s";
    Optional<Map<String, String>> line = (isLanguage ? LANGUAGE : MATH).line(name);
    return line.filter(cells -> !cells.getOrDefault("suspicious", "").contains(column))
        .map(cells -> cells.get(column))
        .map(Double::parseDouble)
        .map(OptionalDouble::of)
        .orElse(OptionalDouble.empty());
  }
}
