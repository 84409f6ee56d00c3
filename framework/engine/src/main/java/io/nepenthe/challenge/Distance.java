package io.nepenthe.challenge;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import io.nepenthe.attack.LoadedModel;
import io.nepenthe.attack.PredictionDistance;
import io.nepenthe.attack.WindowDistance;
import io.nepenthe.data.Sequences;
import io.nepenthe.model.LanguageModel;
import io.nepenthe.model.Weights;
import io.nepenthe.runstore.ChallengeResult.Reading;
import io.nepenthe.statistics.SampleDistance;
import io.nepenthe.suite.ChallengeSpec;
import io.nepenthe.task.ArtifactRows;
import io.nepenthe.tensor.Torch;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Measures how far the model is from the one that was trained without artifacts, which nothing that
 * forgets can be better than: Kullback-Leibler divergence of its predictions, per token, on clean
 * test rows and in the windows of artifact rows; and forget quality, the Kolmogorov-Smirnov test of
 * the truth ratios of both (Maini et al., 2024: TOFU). A run without that control has no such
 * reading.
 */
final class Distance implements Challenge<ChallengeSpec.Distance> {
  @Override
  public Class<ChallengeSpec.Distance> parameters() {
    return ChallengeSpec.Distance.class;
  }

  @Override
  public ChallengeCost cost(ChallengeSpec.Distance asked, ChallengeCost.Rows rows) {
    return ChallengeCost.ofReading(2.0 * (rows.tests() + rows.artifacts(asked.rows())));
  }

  @Override
  public List<Reading> readings(ChallengeSpec.Distance asked, Subject subject) {
    Optional<Weights> retrained = subject.place().retrained(subject.manager());
    if (retrained.isEmpty()) {
      return List.of();
    }
    Map<String, Double> values = new LinkedHashMap<>();
    try (Weights reference = retrained.get()) {
      Torch.withGradients(
          false,
          () -> {
            try (NDManager manager = subject.weights().manager().newSubManager();
                NDScope scope = new NDScope()) {
              scope.suppressNotUsedWarning();
              measure(asked.rows(), subject, distance(subject, reference, manager), values);
            }
          });
    }
    return List.of(new Reading(asked.kind(), Reading.UNCHALLENGED, null, values));
  }

  private static PredictionDistance distance(
      Subject subject, Weights reference, NDManager manager) {
    return new PredictionDistance(
        loaded(subject, subject.place().task().architecture(), reference),
        loaded(subject, subject.model(), subject.weights()),
        manager);
  }

  private static LoadedModel loaded(Subject subject, LanguageModel model, Weights weights) {
    return new LoadedModel(
        model, weights.computedIn(subject.place().task().computedIn()).parameters().byBlock());
  }

  private static void measure(
      int most, Subject subject, PredictionDistance distance, Map<String, Double> values) {
    double sum = 0;
    long rows = 0; // of one length, so that each weighs the same
    for (Sequences test : subject.data().tests().values()) {
      Sequences some = test.select(ArtifactRows.spread(most, test.indices()));
      sum += some.rows() * distance.ofRows(some);
      rows += some.rows();
    }
    FiniteValues.put(values, "klTest", sum / rows);
    ArtifactRows scored = subject.data().scored();
    ArtifactRows some = scored.select(ArtifactRows.spread(most, scored.eligibleRows()));
    if (some.rows() == 0) {
      return;
    }
    WindowDistance windows = distance.ofWindows(some);
    FiniteValues.put(values, "klArtifacts", windows.divergence());
    SampleDistance.of(windows.logTruthRatios(), windows.referenceLogTruthRatios())
        .ifPresent(
            test -> {
              FiniteValues.put(values, "forgetD", test.d());
              FiniteValues.put(values, "forgetP", test.p());
            });
  }
}
