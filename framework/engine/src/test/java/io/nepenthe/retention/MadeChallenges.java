package io.nepenthe.retention;

import io.nepenthe.provenance.Provenance;
import io.nepenthe.runstore.ChallengeResult;
import io.nepenthe.runstore.ChallengeResult.Reading;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Results of challenges made by hand, on the task "task". */
final class MadeChallenges {
  private static final Provenance HERE =
      new Provenance("c", "v", "d", "p", "o", "cpu", 1, 1, null, null, 1, "host");

  private final List<ChallengeResult> results = new ArrayList<>();

  /** Adds what one model memorizes, by variant; of relearning, at two steps. */
  MadeChallenges add(String subject, long seed, Reading... readings) {
    results.add(
        new ChallengeResult(
            ChallengeResult.SCHEMA,
            "task-" + seed + "-" + subject,
            "task",
            seed,
            subject,
            subject.equals(ChallengeResult.ORIGINAL) ? null : "trial-" + seed + "-" + subject,
            "wh",
            "ch",
            List.of(readings),
            1,
            HERE));
    return this;
  }

  static Reading reading(String challenge, String variant, double memorized) {
    return reading(challenge, variant, null, memorized);
  }

  static Reading reading(
      String challenge, String variant, @Nullable Integer step, double memorized) {
    return new Reading(challenge, variant, step, Map.of("memorizedPercent", memorized));
  }

  ChallengedTask task() {
    return ChallengedTask.of("task", results);
  }
}
