package io.nepenthe.challenge;

import io.nepenthe.attack.MembershipScores;
import io.nepenthe.attack.TokenSurprise;
import io.nepenthe.runstore.ChallengeResult.Reading;
import io.nepenthe.statistics.Interval;
import io.nepenthe.statistics.RocArea;
import io.nepenthe.suite.ChallengeSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Guesses from the probabilities of artifact rows which of them the model was trained on, among
 * others of the same generator that were never planted: by loss, Min-K% (Shi et al., 2023),
 * Min-K%++ (Zhang et al., 2024), and loss less that of the model trained without artifacts. An area
 * under the ROC curve of 0.5 is what a model gives that never saw them; where the whole interval is
 * below, the model was taught to avoid them, and that tells them as well.
 */
final class Membership implements Challenge<ChallengeSpec.Membership> {
  @Override
  public Class<ChallengeSpec.Membership> parameters() {
    return ChallengeSpec.Membership.class;
  }

  @Override
  public ChallengeCost cost(ChallengeSpec.Membership asked, ChallengeCost.Rows rows) {
    return ChallengeCost.ofReading(2.0 * rows.artifacts(asked.rows()));
  }

  @Override
  public List<Reading> readings(ChallengeSpec.Membership asked, Subject subject) {
    Optional<Surprises> surprises = subject.place().surprises(asked.rows());
    if (surprises.isEmpty()) {
      return List.of();
    }
    Surprise seen = surprises.get().of(subject);
    Optional<Surprise> retrained = surprises.get().ofRetrained(subject.manager());
    List<Reading> readings = new ArrayList<>();
    readings.add(new Reading(asked.kind(), Reading.UNCHALLENGED, null, asItWas(seen)));
    for (MembershipAttack attack : MembershipAttack.values()) {
      attack
          .area(seen, retrained, asked.share())
          .ifPresent(
              area ->
                  readings.add(new Reading(asked.kind(), attack.variant(), null, values(area))));
    }
    return readings;
  }

  /** The mean loss of either group, of which everything else is made. */
  private static Map<String, Double> asItWas(Surprise seen) {
    Map<String, Double> values = new LinkedHashMap<>();
    putMeanLoss(values, "lossPlanted", seen.members());
    putMeanLoss(values, "lossNeverPlanted", seen.neverPlanted());
    return values;
  }

  private static void putMeanLoss(
      Map<String, Double> values, String name, List<TokenSurprise> rows) {
    rows.stream()
        .mapToDouble(row -> -MembershipScores.loss(row))
        .average()
        .ifPresent(mean -> FiniteValues.put(values, name, mean));
  }

  private static Map<String, Double> values(RocArea area) {
    Map<String, Double> values = new LinkedHashMap<>();
    values.put("auc", area.area());
    Interval interval = area.interval();
    if (interval != null) {
      values.put("aucLow", interval.low());
      values.put("aucHigh", interval.high());
    }
    return values;
  }
}
