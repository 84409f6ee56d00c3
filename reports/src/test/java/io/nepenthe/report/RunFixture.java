package io.nepenthe.report;

import io.nepenthe.exchange.TrialTime;
import io.nepenthe.metric.ByMetric;
import io.nepenthe.metric.Metric;
import io.nepenthe.metric.Metrics;
import io.nepenthe.metric.RowCounts;
import io.nepenthe.metric.Scores;
import io.nepenthe.metric.SplitScores;
import io.nepenthe.plugin.EditedPart;
import io.nepenthe.plugin.Family;
import io.nepenthe.protocol.Fidelity;
import io.nepenthe.provenance.Provenance;
import io.nepenthe.runstore.MethodInfo;
import io.nepenthe.runstore.OriginalResult;
import io.nepenthe.runstore.RunInfo;
import io.nepenthe.runstore.TaskInfo;
import io.nepenthe.runstore.TimingResult;
import io.nepenthe.runstore.TrialIdentity;
import io.nepenthe.runstore.TrialOutcome;
import io.nepenthe.runstore.TrialResult;
import io.nepenthe.selection.Winner;
import io.nepenthe.statistics.Statistic;
import io.nepenthe.suite.SelectionSpec;
import io.nepenthe.summary.StoredRun;
import io.nepenthe.summary.Summary;
import io.nepenthe.summary.SummaryRow;
import io.nepenthe.testkit.MadeScores;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A run made by hand: eight methods and the original, a task of mathematics and one of language,
 * seeds 0, 1 and 3. One trial failed, one method has no memorization on one task, one name is
 * hostile. Seeds add -0.5, 0 and 0.5 to every percentage.
 */
public final class RunFixture {
  public static final String HOSTILE = "<script>alert(1)</script> & 50% _x_";
  public static final String REASON = "OutOfMemoryError: heap | 100% <full>";
  public static final String MATH = "math-noise";
  public static final String LANGUAGE = "language";
  static final List<Long> SEEDS = List.of(0L, 1L, 3L);

  private static final Provenance HERE =
      new Provenance(
          "0123abc",
          "Temurin 17.0.13",
          "0.36.0",
          "2.7.1",
          "Linux 6.1",
          "Example CPU",
          16,
          64L << 30,
          null,
          null,
          1,
          "f00dcafe");

  /** One method's numbers: percentages on both tasks, perplexity on language, seconds. */
  private record Made(
      String id, String name, Family family, double memorized, double accuracy, double seconds) {
    private static final List<String> LOOKS = List.of("no-mitigation", "balanced-subnet", "act");

    MethodInfo info() {
      int look = LOOKS.indexOf(id);
      return new MethodInfo(name, family, edits(), look < 0 ? null : look, paperName(), false);
    }

    private @Nullable EditedPart edits() {
      return switch (id) {
        case "act" -> EditedPart.NEURONS;
        case "balanced-subnet", "durable", "random-pruning" -> EditedPart.WEIGHTS;
        default -> null;
      };
    }

    private @Nullable String paperName() {
      return switch (id) {
        case "clean-fine-tuning" -> "Clean FT";
        case "act", "balanced-subnet", "durable", "loss-truncation" -> name;
        default -> null;
      };
    }
  }

  private static final List<Made> METHODS =
      List.of(
          new Made("balanced-subnet", "BalancedSubnet", Family.UNLEARNING, 2.5, 96.5, 5.875),
          new Made("act", "Act", Family.UNLEARNING, 24, 91, 0.25),
          new Made("hostile", HOSTILE, Family.UNLEARNING, 9, 94.25, 1.5),
          new Made("clean-fine-tuning", "Clean fine-tuning", Family.FINE_TUNING, 18.5, 97, 12),
          new Made("no-mitigation", "No mitigation", Family.CONTROL, 45, 96, 0.0125),
          new Made("loss-truncation", "Loss truncation", Family.REGULARIZER, 31, 95.5, 120),
          new Made("durable", "Durable", Family.UNLEARNING, 12, 88.5, 0.325),
          new Made("random-pruning", "Random pruning", Family.CONTROL, 40, 79, 0.05));

  private final List<OriginalResult> originals = new ArrayList<>();
  private final List<TrialResult> trials = new ArrayList<>();
  private final List<TimingResult> timings = new ArrayList<>();
  private final List<SummaryRow> summary = new ArrayList<>();

  public static StoredRun run() {
    RunFixture fixture = new RunFixture();
    for (String task : List.of(MATH, LANGUAGE)) {
      fixture.addOriginals(task);
      METHODS.forEach(method -> fixture.addMethod(task, method));
    }
    return new StoredRun(
        info(),
        fixture.originals,
        fixture.trials,
        fixture.timings,
        fixture.summary,
        new Summary(info(), fixture.originals, fixture.trials, fixture.timings).selection());
  }

  static RunInfo info() {
    return new RunInfo(
        "quick",
        "Small models on a processor, for a first look.",
        "1.0",
        Fidelity.REFERENCE,
        Map.of("fixed-split", "K14", "end-token-ban", "Q-10"),
        SEEDS,
        tasks(),
        methods(),
        Map.of(MATH, SelectionSpec.MATH, LANGUAGE, SelectionSpec.LANGUAGE),
        Map.of(
            "training",
            412.0,
            "mitigation",
            95.5,
            "scoring",
            21.25,
            "timing",
            64.0,
            "total",
            3700.0),
        HERE,
        true);
  }

  private static Map<String, TaskInfo> tasks() {
    Map<String, TaskInfo> tasks = new LinkedHashMap<>();
    tasks.put(
        MATH,
        task("2,000 sequences of the seven-times table, 400 with noise; four layers.", "noise"));
    tasks.put(
        LANGUAGE,
        task("1,000 windows of WikiText, 50 repeated 100 times; four layers.", "repetition"));
    return tasks;
  }

  /** Returns what is known of a task of four layers. */
  public static TaskInfo task(String note, String artifact) {
    return new TaskInfo(note, artifact, null, false, false, 4, null, null, note);
  }

  private static Map<String, MethodInfo> methods() {
    Map<String, MethodInfo> methods = new LinkedHashMap<>();
    METHODS.forEach(made -> methods.put(made.id(), made.info()));
    return methods;
  }

  private static double shift(long seed) {
    return seed == 0 ? -0.5 : seed == 1 ? 0 : 0.5;
  }

  private static Scores scores(String task, double memorized, double accuracy) {
    int rows = (int) Math.round(memorized * 2);
    boolean math = task.equals(MATH);
    double perplexity = math ? 1.25 : 160 - accuracy;
    Scores scores =
        MadeScores.of(
            new RowCounts(rows, 200),
            math ? accuracy : null,
            perplexity,
            math ? Map.of("7", accuracy) : Map.of());
    scores = MadeScores.with(scores, "predictableAccuracyPercent", math ? accuracy - 10 : null);
    scores = MadeScores.with(scores, "referencePerplexity", perplexity);
    scores = MadeScores.with(scores, "extractionStrength", 0.5);
    return MadeScores.with(scores, "exactMemorization", 0.75);
  }

  private void addOriginals(String task) {
    List<Scores> all = new ArrayList<>();
    for (long seed : SEEDS) {
      List<OriginalResult.CurvePoint> curve = new ArrayList<>();
      for (int pass = 0; pass <= 50; pass += 10) {
        double grown = pass / 50.0;
        Scores then =
            scores(
                task,
                45 * grown * grown + shift(seed) * (grown + 24 * grown * (1 - grown)),
                97 - 60 * (1 - grown) + shift(seed));
        curve.add(new OriginalResult.CurvePoint(pass, 3 - 2 * grown, then));
      }
      Scores last = curve.get(curve.size() - 1).scores();
      all.add(last);
      originals.add(
          new OriginalResult(
              OriginalResult.SCHEMA,
              task + "-" + seed,
              task,
              seed,
              "th",
              "dh",
              "ch",
              814_336,
              last,
              null,
              List.of(1, 5, 9),
              curve,
              130.5,
              HERE));
    }
    summary.add(
        row(
            task,
            new Made(SummaryRow.ORIGINAL, "Original", Family.CONTROL, 0, 0, 0),
            all,
            null,
            Map.of(),
            List.of(),
            ""));
  }

  private void addMethod(String task, Made method) {
    List<Scores> all = new ArrayList<>();
    Map<Long, Winner> winners = new LinkedHashMap<>();
    for (long seed : SEEDS) {
      Scores after =
          scores(task, method.memorized() + shift(seed), method.accuracy() + shift(seed));
      all.add(after);
      Map<String, Number> settings = Map.of("ratio", 0.05, "epochs", 10);
      String id = task + "-" + method.id() + "-" + seed + "-0a1b2c3d4e5f";
      winners.put(seed, new Winner(id, settings, 1));
      trials.add(trial(task, method, seed, id, settings, new TrialOutcome.Valid(), after));
    }
    List<String> failures = List.of();
    if (task.equals(MATH) && method.id().equals("durable")) {
      failures = List.of(REASON);
      trials.add(
          trial(
              task,
              method,
              3,
              "math-noise-durable-3-failed",
              Map.of("ratio", 0.9),
              new TrialOutcome.Failed(REASON),
              null));
    }
    boolean missing = task.equals(LANGUAGE) && method.id().equals("random-pruning");
    summary.add(
        row(
            task,
            method,
            all,
            method.family() == Family.REGULARIZER ? "sweep" : "jmh",
            winners,
            failures,
            missing ? "No artifact is left to count." : ""));
    if (method.family() != Family.REGULARIZER) {
      timings.add(timing(task, method, winners));
    }
  }

  private static SummaryRow row(
      String task,
      Made method,
      List<Scores> all,
      @Nullable String source,
      Map<Long, Winner> winners,
      List<String> failures,
      String note) {
    boolean missing = note.startsWith("No artifact");
    boolean split = method.family() == Family.UNLEARNING;
    double s = method.seconds();
    return new SummaryRow(
        task,
        method.id(),
        method.name(),
        method.family(),
        SEEDS,
        ByMetric.of(metric -> missing && metric == Metrics.MEMORIZED ? null : over(all, metric)),
        source == null ? null : new Statistic(s, s * 0.9, s * 1.2),
        source,
        "jmh".equals(source) ? s / 10 : null,
        source == null ? null : new Statistic(s * 2, s * 1.5, s * 2.5),
        split ? new Statistic(s * 0.8, s * 0.7, s * 0.9) : null,
        split ? new Statistic(s * 0.2, s * 0.1, s * 0.3) : null,
        source == null ? null : 15 * s,
        winners,
        source == null ? 0 : winners.size() + failures.size(),
        failures,
        note,
        "",
        null,
        null,
        new TreeMap<>(),
        Map.of());
  }

  private static @Nullable Statistic over(List<Scores> all, Metric metric) {
    return Statistic.of(
        all.stream().map(each -> each.of(metric)).filter(Objects::nonNull).toList());
  }

  private static TrialResult trial(
      String task,
      Made method,
      long seed,
      String id,
      Map<String, Number> settings,
      TrialOutcome outcome,
      @Nullable Scores after) {
    TrialIdentity identity =
        new TrialIdentity(
            "1.0",
            task,
            "th",
            "dh",
            "ch",
            method.id(),
            "1.0.0",
            "ab".repeat(32),
            settings,
            seed,
            Fidelity.REFERENCE,
            List.of("end-token-ban", "fixed-split"),
            "cpu",
            1);
    boolean valid = after != null;
    Scores before = scores(task, 45 + shift(seed), 97 + shift(seed));
    return new TrialResult(
        TrialResult.SCHEMA,
        id,
        identity,
        method.name(),
        method.family(),
        outcome,
        before,
        after,
        new SplitScores(before, before),
        after == null ? null : new SplitScores(after, after),
        valid ? new TrialTime(method.seconds(), null, null) : null,
        valid ? 4_096L : null,
        valid ? "ab".repeat(32) : null,
        List.of(),
        1L << 30,
        null,
        HERE,
        "2025-01-01T00:00:00Z");
  }

  private static TimingResult timing(String task, Made method, Map<Long, Winner> winners) {
    List<TimingResult.Shot> shots = new ArrayList<>();
    winners.forEach(
        (seed, winner) ->
            shots.add(
                new TimingResult.Shot(
                    0,
                    seed,
                    winner.trial(),
                    winner.hyperparameters(),
                    method.seconds(),
                    null,
                    null,
                    null)));
    return new TimingResult(
        TimingResult.SCHEMA,
        task,
        method.id(),
        "1.0.0",
        "ab".repeat(32),
        1,
        null,
        List.of(),
        shots,
        HERE);
  }
}
