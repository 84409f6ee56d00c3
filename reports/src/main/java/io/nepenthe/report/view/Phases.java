package io.nepenthe.report.view;

import java.util.List;
import java.util.Map;

/** The phases of a run, as it counts their seconds. */
public final class Phases {
  /** Wall time of the whole run. */
  public static final String TOTAL = "total";

  /** Phases that make up the wall time; those that go on at once all count. */
  public static final List<String> PARTS =
      List.of("training", "mitigation", "scoring", "timing", "other");

  private static final Map<String, String> WORDS =
      Map.of(
          "training",
          "Training",
          "mitigation",
          "Mitigation",
          "scoring",
          "Scoring",
          "timing",
          "Timing by JMH",
          "other",
          "None of these",
          TOTAL,
          "Total",
          "slots",
          "All workers, added up",
          "slotsEngine",
          "Of that, starting, loading and saving");

  private Phases() {}

  /** Returns what a page calls a phase. */
  public static String words(String phase) {
    return WORDS.getOrDefault(phase, phase);
  }
}
