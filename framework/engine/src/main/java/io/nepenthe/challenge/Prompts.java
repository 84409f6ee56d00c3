package io.nepenthe.challenge;

import io.nepenthe.runstore.ChallengeResult.Reading;
import io.nepenthe.suite.ChallengeSpec;
import java.util.ArrayList;
import java.util.List;

/**
 * Prompts the model in other ways: text that is only hidden from one prompt comes back under
 * another (Huang et al., 2024, Demystifying Verbatim Memorization in Large Language Models). The
 * worst of all counts.
 */
final class Prompts implements Challenge<ChallengeSpec.Prompts> {
  @Override
  public Class<ChallengeSpec.Prompts> parameters() {
    return ChallengeSpec.Prompts.class;
  }

  @Override
  public ChallengeCost cost(ChallengeSpec.Prompts asked, ChallengeCost.Rows rows) {
    int variants = asked.shorter().size() + asked.longer().size() + 2; // shifted and noised
    return ChallengeCost.ofReading((1.0 + variants) * rows.artifacts());
  }

  @Override
  public List<Reading> readings(ChallengeSpec.Prompts asked, Subject subject) {
    List<Reading> readings = new ArrayList<>();
    readings.add(
        new Reading(
            asked.kind(),
            Reading.UNCHALLENGED,
            null,
            subject.recall(subject.weights(), subject.data().scored())));
    PromptRows.of(asked, subject.place())
        .forEach(
            (variant, rows) ->
                readings.add(
                    new Reading(
                        asked.kind(), variant, null, subject.recall(subject.weights(), rows))));
    return readings;
  }
}
