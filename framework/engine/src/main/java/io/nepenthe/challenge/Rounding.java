package io.nepenthe.challenge;

import io.nepenthe.data.Sequences;
import io.nepenthe.model.LinearMap;
import io.nepenthe.model.Weights;
import io.nepenthe.runstore.ChallengeResult.Reading;
import io.nepenthe.suite.ChallengeSpec;
import io.nepenthe.task.ArtifactRows;
import io.nepenthe.tensor.Torch;
import java.util.ArrayList;
import java.util.List;

/**
 * Rounds weights to numbers of 8 or 4 bits, as those do who serve models: edits that barely move
 * weights are rounded away (Zhang et al., 2025, Catastrophic Failure of LLM Unlearning via
 * Quantization).
 *
 * <p>The matrices of attention and MLPs are rounded; embeddings, head, norms and biases are not,
 * which is what the usual tools do.
 */
final class Rounding implements Challenge<ChallengeSpec.Rounding> {
  @Override
  public Class<ChallengeSpec.Rounding> parameters() {
    return ChallengeSpec.Rounding.class;
  }

  @Override
  public ChallengeCost cost(ChallengeSpec.Rounding asked, ChallengeCost.Rows rows) {
    return ChallengeCost.ofReading((1.0 + asked.formats().size()) * rows.measured());
  }

  @Override
  public List<Reading> readings(ChallengeSpec.Rounding asked, Subject subject) {
    ArtifactRows rows = subject.data().scored();
    List<Reading> readings = new ArrayList<>();
    Measured measured = new Measured(subject, rows, asked.isAttacked(), Sequences.empty(1));
    readings.add(
        new Reading(asked.kind(), Reading.UNCHALLENGED, null, measured.of(subject.weights())));
    for (String format : asked.formats()) {
      FakeQuantisation numbers = FakeQuantisation.to(format);
      try (Weights weights = subject.copy()) {
        Torch.withGradients(
            false,
            () ->
                subject
                    .model()
                    .linearMaps()
                    .distinct()
                    .forEach(map -> round(numbers, weights, map)));
        readings.add(new Reading(asked.kind(), format, null, measured.of(weights)));
      }
    }
    return readings;
  }

  private static void round(FakeQuantisation numbers, Weights weights, LinearMap map) {
    numbers.round(weights, weights.layout().tensor(map.weight()), map.outputAxis());
  }
}
