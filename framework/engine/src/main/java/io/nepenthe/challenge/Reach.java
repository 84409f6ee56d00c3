package io.nepenthe.challenge;

import io.nepenthe.judge.JudgedModel;
import io.nepenthe.runstore.ChallengeResult.Reading;
import io.nepenthe.suite.ChallengeSpec;
import io.nepenthe.task.ArtifactRows;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Runs a method again with a part of the forget set kept from it, and judges either part: whether
 * an edit reaches memorized text that nobody found. The original model, and methods that are shown
 * nothing of the artifacts, have no such reading.
 */
final class Reach implements Challenge<ChallengeSpec.Reach> {
  @Override
  public Class<ChallengeSpec.Reach> parameters() {
    return ChallengeSpec.Reach.class;
  }

  @Override
  public ChallengeCost cost(ChallengeSpec.Reach asked, ChallengeCost.Rows rows) {
    return new ChallengeCost(2.0 * rows.measured() + rows.tests(), 0, 1);
  }

  @Override
  public List<Reading> readings(ChallengeSpec.Reach asked, Subject subject)
      throws InterruptedException {
    List<Integer> memorized = subject.place().memorizedRows();
    if (memorized.size() < 2) {
      return List.of();
    }
    ArtifactRows scored = subject.data().scored();
    List<Reading> readings = new ArrayList<>();
    readings.add(
        new Reading(
            asked.kind(),
            Reading.UNCHALLENGED,
            null,
            subject.measure(subject.weights(), of(scored, memorized))));
    if (subject.method().isPresent()) {
      ShownRows parts = ShownRows.of(subject.place(), asked.kept());
      Optional<JudgedModel> left =
          subject.method().get().on(parts.data(), parts.shown(), subject.manager());
      if (left.isPresent()) {
        try (JudgedModel other = left.get()) {
          readings.add(reading(asked, "shown", subject, other, of(scored, parts.shown())));
          readings.add(reading(asked, "kept-back", subject, other, of(scored, parts.kept())));
        }
      }
    }
    return readings;
  }

  private static Reading reading(
      ChallengeSpec.Reach asked,
      String variant,
      Subject subject,
      JudgedModel other,
      ArtifactRows rows) {
    return new Reading(asked.kind(), variant, null, subject.measure(other, rows));
  }

  private static ArtifactRows of(ArtifactRows scored, List<Integer> rows) {
    return scored.select(rows.stream().mapToInt(Integer::intValue).toArray());
  }
}
