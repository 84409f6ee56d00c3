package io.nepenthe.attack;

/**
 * How far apart two models are in the windows of artifact rows. A row's log truth ratio is the mean
 * of log p of its clean twin's tokens less that of the artifact's (Maini et al., 2024: TOFU).
 * Immutable.
 */
public final class WindowDistance {
  private final double divergence;
  private final double[] ofModel;
  private final double[] ofReference;

  WindowDistance(double divergence, double[] ofModel, double[] ofReference) {
    this.divergence = divergence;
    this.ofModel = ofModel;
    this.ofReference = ofReference;
  }

  /** Returns the mean Kullback-Leibler divergence per compared token, in nats. */
  public double divergence() {
    return divergence;
  }

  /** Returns the model's log truth ratio of each row. */
  public double[] logTruthRatios() {
    return ofModel.clone();
  }

  /** Returns the reference's log truth ratio of each row. */
  public double[] referenceLogTruthRatios() {
    return ofReference.clone();
  }
}
