package io.nepenthe.timing;

import io.nepenthe.exchange.TrialTime;
import io.nepenthe.metric.RowCounts;
import io.nepenthe.metric.Scores;
import io.nepenthe.plugin.Family;
import io.nepenthe.protocol.Fidelity;
import io.nepenthe.protocol.ProtocolVersion;
import io.nepenthe.provenance.Provenance;
import io.nepenthe.runstore.TrialIdentity;
import io.nepenthe.runstore.TrialOutcome;
import io.nepenthe.runstore.TrialResult;
import io.nepenthe.testkit.MadeScores;
import java.util.List;
import java.util.Map;

/** Winners that nobody ran, named {@code trial-SEED}. */
final class MadeWinner {
  static final Provenance HERE =
      new Provenance("c", "17", "0", "2.7.1", "os", "cpu", 2, 1, null, null, 1, "host");

  private static final Scores SCORES = MadeScores.of(new RowCounts(2, 8), 50.0, 2, Map.of());

  private MadeWinner() {}

  static TrialResult of(long seed, double sweepSeconds) {
    return of(seed, sweepSeconds, "cpu", HERE);
  }

  /** Returns a trial that left weights of the hash "judged", 100 of which differ. */
  static TrialResult of(long seed, double sweepSeconds, String device, Provenance where) {
    TrialIdentity identity =
        new TrialIdentity(
            ProtocolVersion.CURRENT,
            "task",
            "t",
            "d",
            "c",
            "method",
            "1",
            "jar",
            Map.of(),
            seed,
            Fidelity.CLEAN,
            List.of(),
            device,
            1);
    return new TrialResult(
        TrialResult.SCHEMA,
        "trial-" + seed,
        identity,
        "Method",
        Family.UNLEARNING,
        new TrialOutcome.Valid(),
        SCORES,
        SCORES,
        null,
        null,
        new TrialTime(sweepSeconds, null, null),
        100L,
        "judged",
        List.of(),
        null,
        null,
        where,
        "2025-01-01T00:00:00Z");
  }
}
