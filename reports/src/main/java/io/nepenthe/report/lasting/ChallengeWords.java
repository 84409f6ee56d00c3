package io.nepenthe.report.lasting;

import io.nepenthe.metric.Metrics;
import io.nepenthe.report.view.Measure;
import io.nepenthe.retention.Variant;
import java.util.Map;
import java.util.Optional;

/** How challenges, and what they measure, are called. */
public final class ChallengeWords {
  private static final Map<String, String> KINDS =
      Map.of(
          "relearning", "Relearning",
          "rounding", "Rounding",
          "prompts", "Other prompts",
          "membership", "Membership inference",
          "exposure", "Exposure",
          "reach", "Reach",
          "distance", "Distance to the retrained model");

  private static final Map<String, String> MEASURES =
      Map.of(
          "auc", "AUC",
          "meanBits", "mean (bits)",
          "medianBits", "median (bits)",
          "maxBits", "largest (bits)",
          "klTest", "KL, clean rows",
          "klArtifacts", "KL, artifacts",
          "forgetD", "forget quality, D",
          "forgetP", "forget quality, p");

  private ChallengeWords() {}

  /** Returns what a kind of challenge is called, as a heading. */
  public static String kind(String kind) {
    return KINDS.getOrDefault(kind, kind);
  }

  /** Returns what a variant is called beside the name of its kind. */
  public static String variant(Variant variant) {
    return variant.name().equals(Variant.WORST)
        ? "worst of them"
        : variant.name().replace('-', ' ');
  }

  /** Returns what a measure is called, a metric as in the other tables. */
  static String measure(String id) {
    return metric(id).map(Measure::title).orElse(MEASURES.getOrDefault(id, id));
  }

  private static Optional<Measure> metric(String id) {
    return Metrics.all().stream().filter(each -> each.id().equals(id)).findFirst().map(Measure::of);
  }
}
