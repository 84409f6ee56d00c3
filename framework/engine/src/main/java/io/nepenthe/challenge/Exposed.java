package io.nepenthe.challenge;

import io.nepenthe.attack.Exposure;
import io.nepenthe.attack.MembershipScores;
import io.nepenthe.runstore.ChallengeResult.Reading;
import io.nepenthe.suite.ChallengeSpec;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.statistics.descriptive.Mean;
import org.apache.commons.statistics.descriptive.Median;

/**
 * Ranks each artifact, by its probability, among others of the same generator that were never
 * planted, and tells in bits how far it stands out (Carlini et al., 2019, The Secret Sharer). A
 * model that never saw any has a mean of 1.44 bits; log2 of the number of rows is the most there
 * is.
 */
final class Exposed implements Challenge<ChallengeSpec.Exposure> {
  @Override
  public Class<ChallengeSpec.Exposure> parameters() {
    return ChallengeSpec.Exposure.class;
  }

  @Override
  public ChallengeCost cost(ChallengeSpec.Exposure asked, ChallengeCost.Rows rows) {
    return ChallengeCost.ofReading(2.0 * rows.artifacts(asked.rows())); // membership's, if asked
  }

  @Override
  public List<Reading> readings(ChallengeSpec.Exposure asked, Subject subject) {
    Optional<Surprises> surprises = subject.place().surprises(asked.rows());
    if (surprises.isEmpty()) {
      return List.of();
    }
    double[] bits = bits(surprises.get().of(subject));
    if (bits.length == 0) {
      return List.of();
    }
    Map<String, Double> values = new LinkedHashMap<>();
    values.put("meanBits", Mean.of(bits).getAsDouble());
    values.put("medianBits", Median.withDefaults().evaluate(bits));
    values.put("maxBits", Arrays.stream(bits).max().getAsDouble());
    return List.of(new Reading(asked.kind(), Reading.UNCHALLENGED, null, values));
  }

  /** Returns the exposure of each planted row; none if there are no rows of either kind. */
  static double[] bits(Surprise seen) {
    if (seen.neverPlanted().isEmpty()) {
      return new double[0];
    }
    Exposure exposure = new Exposure(Surprise.scores(seen.neverPlanted(), MembershipScores::loss));
    return Arrays.stream(Surprise.scores(seen.members(), MembershipScores::loss))
        .map(exposure::bits)
        .toArray();
  }
}
