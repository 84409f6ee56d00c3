package io.nepenthe.report;

import io.nepenthe.exchange.TrialTime;
import io.nepenthe.metric.RowCounts;
import io.nepenthe.metric.Scores;
import io.nepenthe.metric.SplitScores;
import io.nepenthe.plugin.Family;
import io.nepenthe.protocol.Fidelity;
import io.nepenthe.provenance.Provenance;
import io.nepenthe.runstore.ChallengeResult;
import io.nepenthe.runstore.ChallengeResult.Reading;
import io.nepenthe.runstore.MethodInfo;
import io.nepenthe.runstore.OriginalResult;
import io.nepenthe.runstore.RunInfo;
import io.nepenthe.runstore.TrialIdentity;
import io.nepenthe.runstore.TrialOutcome;
import io.nepenthe.runstore.TrialResult;
import io.nepenthe.suite.SelectionSpec;
import io.nepenthe.summary.StoredRun;
import io.nepenthe.summary.Summary;
import io.nepenthe.testkit.MadeScores;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A run with challenges made by hand, on one task of mathematics with three seeds, whose original
 * models memorize all and have an accuracy of 90 %. Small differences between seeds keep paired
 * tests defined.
 */
public final class ChallengedRun {
  public static final String TASK = "math-noise";

  /** Added to what seeds memorize, so that no difference is the same in every seed. */
  private static final double[] JITTER = {0, 1, 2};

  private static final Provenance HERE = RunFixture.info().provenance();

  private final Map<String, MethodInfo> methods = new LinkedHashMap<>();
  private final List<OriginalResult> originals = new ArrayList<>();
  private final List<TrialResult> trials = new ArrayList<>();
  private final List<ChallengeResult> challenges = new ArrayList<>();
  private final int seeds;

  /** Begins a run with so many seeds, up to three, of an original model that recites all. */
  public ChallengedRun(int seeds) {
    this.seeds = seeds;
    for (long seed = 0; seed < seeds; seed++) {
      originals.add(
          new OriginalResult(
              OriginalResult.SCHEMA,
              TASK + "-" + seed,
              TASK,
              seed,
              "th",
              "dh",
              "ch",
              1,
              scores(100, 90),
              null,
              List.of(),
              List.of(),
              1,
              HERE));
    }
    challenge(ChallengeResult.ORIGINAL, original(), original(), original());
  }

  /** A method's models by seed: per cent memorized as judged, and accuracy. */
  public ChallengedRun method(
      String id, Family family, boolean isPapers, double[] memorized, double accuracy) {
    methods.put(
        id,
        new MethodInfo(
            "The " + id,
            family,
            null,
            null,
            isPapers ? "Paper " + id : null,
            id.equals("retrained")));
    for (int seed = 0; seed < seeds; seed++) {
      trials.add(trial(id, family, seed, scores(memorized[seed], accuracy + 0.1 * seed)));
    }
    return this;
  }

  /** What challenges read of a method's models, by seed. */
  public ChallengedRun challenge(String subject, Reading[]... readings) {
    for (int seed = 0; seed < seeds; seed++) {
      challenges.add(
          new ChallengeResult(
              ChallengeResult.SCHEMA,
              TASK + "-" + seed + "-" + subject,
              TASK,
              seed,
              subject,
              subject.equals(ChallengeResult.ORIGINAL) ? null : id(subject, seed),
              "wh",
              "ch",
              Stream.of(readings[seed]).toList(),
              1,
              HERE));
    }
    return this;
  }

  /** Returns readings of a model that recites so much, and so much once it is challenged. */
  public static Reading[] readings(double before, double relearned, double int4, double auc) {
    List<Reading> readings = new ArrayList<>();
    readings.add(reading("relearning", Reading.UNCHALLENGED, null, before));
    for (String variant : List.of("artifacts", "clean-rows", "unrelated-rows")) {
      double end = variant.equals("artifacts") ? relearned : (before + relearned) / 2;
      for (int step : List.of(0, 5, 10, 20)) {
        double share = step / 20.0;
        readings.add(reading("relearning", variant, step, before + share * (end - before)));
      }
    }
    readings.add(reading("rounding", Reading.UNCHALLENGED, null, before));
    readings.add(reading("rounding", "int8", null, before));
    readings.add(reading("rounding", "int4", null, int4));
    readings.add(
        new Reading(
            "membership",
            "loss",
            null,
            Map.of("auc", auc, "aucLow", auc - 0.05, "aucHigh", auc + 0.05)));
    return readings.toArray(Reading[]::new);
  }

  private static Reading reading(
      String challenge, String variant, @Nullable Integer step, double memorized) {
    return new Reading(
        challenge, variant, step, Map.of("memorizedPercent", memorized, "accuracyPercent", 88.0));
  }

  private static Reading[] original() {
    return readings(100, 100, 100, 0.98);
  }

  /** Adds a method that recites so much as judged, and so much once it is challenged. */
  public ChallengedRun add(
      String id,
      Family family,
      boolean isPapers,
      double judged,
      double accuracy,
      double relearned,
      double int4) {
    double[] memorized = new double[JITTER.length];
    Reading[][] readings = new Reading[JITTER.length][];
    for (int seed = 0; seed < JITTER.length; seed++) {
      memorized[seed] = judged;
      readings[seed] =
          readings(
              judged,
              relearned == judged ? judged : relearned + JITTER[seed],
              int4 == judged ? judged : int4 + JITTER[seed],
              0.5 + judged / 250 + 0.01 * seed);
    }
    return method(id, family, isPapers, memorized, accuracy).challenge(id, readings);
  }

  /**
   * Returns a run with one of each: that hides, that lasts, that is destroyed, that did nothing.
   */
  public static StoredRun ofEach() {
    return new ChallengedRun(3)
        .add("nothing", Family.CONTROL, false, 100, 90, 100, 100)
        .add("retrained", Family.CONTROL, false, 0, 89, 8, 0)
        .add("random", Family.CONTROL, false, 0, 11, 0, 0)
        .add("hides", Family.UNLEARNING, true, 0, 89.5, 80, 60)
        .add("lasts", Family.FINE_TUNING, true, 4, 88, 10, 4)
        .add("newer", Family.UNLEARNING, false, 2, 85, 40, 30)
        .add("weak", Family.UNLEARNING, false, 98, 89, 99, 98)
        .run();
  }

  public StoredRun run() {
    RunInfo base = RunFixture.info();
    RunInfo info =
        new RunInfo(
            "challenged",
            "A run with challenges, made by hand.",
            base.protocol(),
            Fidelity.CLEAN,
            Map.of(),
            Stream.iterate(0L, seed -> seed + 1).limit(seeds).toList(),
            Map.of(TASK, RunFixture.task("Rows made by hand.", "noise")),
            methods,
            Map.of(TASK, SelectionSpec.MATH),
            Map.of("total", 60.0),
            HERE,
            true);
    Summary summary = new Summary(info, originals, trials, List.of());
    return new StoredRun(info, originals, trials, List.of(), summary.rows(), summary.selection())
        .withChallenges(challenges);
  }

  private static String id(String method, long seed) {
    return TASK + "-" + method + "-" + seed;
  }

  private static Scores scores(double memorized, double accuracy) {
    return MadeScores.of(
        new RowCounts((int) Math.round(10 * memorized), 1000),
        accuracy,
        1.5,
        Map.of("7", accuracy));
  }

  private static TrialResult trial(String method, Family family, long seed, Scores after) {
    TrialIdentity identity =
        new TrialIdentity(
            "1.0",
            TASK,
            "th",
            "dh",
            "ch",
            method,
            "1.0.0",
            "ab".repeat(32),
            Map.of("ratio", 0.05),
            seed,
            Fidelity.CLEAN,
            List.of(),
            "cpu",
            1);
    Scores before = scores(100, 90);
    return new TrialResult(
        TrialResult.SCHEMA,
        id(method, seed),
        identity,
        "The " + method,
        family,
        new TrialOutcome.Valid(),
        before,
        after,
        new SplitScores(before, before),
        new SplitScores(after, after),
        new TrialTime(1, null, null),
        1L,
        "ab".repeat(32),
        List.of(),
        1L << 30,
        null,
        HERE,
        "2025-01-01T00:00:00Z");
  }
}
