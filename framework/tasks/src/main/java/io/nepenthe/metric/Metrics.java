package io.nepenthe.metric;

import java.util.List;

/** Every metric there is, in the order in which tables print them. */
public final class Metrics {
  /** By which tasks are judged: what is to be forgotten. */
  public static final Metric MEMORIZED = new MemorizedPercent();

  /** By which tasks are judged: what is to stay. */
  public static final Metric ACCURACY = new AccuracyPercent();

  /** By which tasks without an accuracy are judged: what is to stay. */
  public static final Metric PERPLEXITY = new Perplexity();

  /** What the paper calls perplexity. */
  public static final Metric REFERENCE_PERPLEXITY = new ReferencePerplexity();

  private static final List<Metric> ALL =
      List.of(
          MEMORIZED,
          ACCURACY,
          new PredictableAccuracyPercent(),
          PERPLEXITY,
          REFERENCE_PERPLEXITY,
          new ExtractionStrength(),
          new ExactMemorization(),
          new Probability(),
          new TruthRatio(),
          new LevenshteinSimilarity(),
          new LooselyMemorizedPercent(),
          new ExtractablePercent());

  private Metrics() {}

  /** Returns all metrics. */
  public static List<Metric> all() {
    return ALL;
  }
}
