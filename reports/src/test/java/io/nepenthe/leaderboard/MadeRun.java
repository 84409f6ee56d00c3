package io.nepenthe.leaderboard;

import io.nepenthe.exchange.TrialTime;
import io.nepenthe.metric.RowCounts;
import io.nepenthe.metric.Scores;
import io.nepenthe.plugin.Family;
import io.nepenthe.protocol.ContentHash;
import io.nepenthe.protocol.Fidelity;
import io.nepenthe.provenance.Provenance;
import io.nepenthe.runstore.MethodInfo;
import io.nepenthe.runstore.RunInfo;
import io.nepenthe.runstore.RunStore;
import io.nepenthe.runstore.TaskInfo;
import io.nepenthe.runstore.TimingResult;
import io.nepenthe.runstore.TrialIdentity;
import io.nepenthe.runstore.TrialOutcome;
import io.nepenthe.runstore.TrialResult;
import io.nepenthe.suite.SelectionSpec;
import io.nepenthe.summary.Absent;
import io.nepenthe.summary.Completeness;
import io.nepenthe.summary.StoredRun;
import io.nepenthe.summary.Summary;
import io.nepenthe.testkit.MadeScores;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A run made by hand. Before mitigation 80 of 100 rows are memorized, accuracy is 90 % and, on
 * tasks whose name begins with "language", perplexity 10. What is set holds for what is added after
 * it.
 */
public final class MadeRun {
  private String protocol = "1.0";
  private Fidelity fidelity = Fidelity.CLEAN;
  private String cpu = "A";
  private String definition = "d";
  private String data = "d";
  private String weights = "weights";
  private int threads = 1;
  private int memorizedBefore = 80;
  private double ratio = 0.1;
  private String finishedAt = "2025-01-01T00:00:00Z";
  private String version = "0.1.0";
  private String jar = "jar";
  private @Nullable String limit;
  private final List<Absent> absent = new ArrayList<>();
  private String suffix = "";
  private double seconds = 1;
  private @Nullable Double otherLoad;
  private final List<TrialResult> trials = new ArrayList<>();
  private final List<TimingResult> timings = new ArrayList<>();
  private final Set<String> tasks = new LinkedHashSet<>();
  private final Set<String> methods = new LinkedHashSet<>();
  private final Set<Long> seeds = new TreeSet<>();

  /** Sets the protocol. */
  public MadeRun protocol(String value) {
    protocol = value;
    return this;
  }

  /** Sets the fidelity. */
  public MadeRun fidelity(Fidelity value) {
    fidelity = value;
    return this;
  }

  /** Sets the processor. */
  public MadeRun on(String value) {
    cpu = value;
    return this;
  }

  /** Sets the definition of tasks. */
  public MadeRun definition(String value) {
    definition = value;
    return this;
  }

  /** Sets the rows of tasks. */
  public MadeRun data(String value) {
    data = value;
    return this;
  }

  /** Sets the weights of original models. */
  public MadeRun weights(String value) {
    weights = value;
    return this;
  }

  /** Sets the threads of an operator. */
  public MadeRun threads(int value) {
    threads = value;
    return this;
  }

  /** Sets how many of 100 rows original models memorize. */
  public MadeRun memorizedBefore(int value) {
    memorizedBefore = value;
    return this;
  }

  /** Sets the setting of methods. */
  public MadeRun ratio(double value) {
    ratio = value;
    return this;
  }

  /** Sets when trials end. */
  public MadeRun finishedAt(String value) {
    finishedAt = value;
    return this;
  }

  /** Sets the version of methods. */
  public MadeRun version(String value) {
    version = value;
    return this;
  }

  /** Sets the jar of methods. */
  public MadeRun jar(String value) {
    jar = value;
    return this;
  }

  /** Sets the method whose time limits that of others. */
  public MadeRun limitedBy(String method) {
    limit = method;
    return this;
  }

  /** Adds a result that the run is to hold and does not. */
  public MadeRun lacks(String task, long seed, String method) {
    absent.add(new Absent(task, seed, method, "{ratio=0.2}"));
    return this;
  }

  /** Sets what is added to every method's name. */
  public MadeRun suffix(String value) {
    suffix = value;
    return this;
  }

  /** Sets the time of the trials of the sweep. */
  public MadeRun seconds(double value) {
    seconds = value;
    return this;
  }

  /** Sets how many cores others kept busy during timings. */
  public MadeRun otherLoad(double value) {
    otherLoad = value;
    return this;
  }

  /** Adds a method of unlearning; the i-th numbers are those of seed i. */
  public MadeRun method(String task, String id, List<Integer> memorized, List<Double> utility) {
    return method(task, id, Family.UNLEARNING, memorized, utility);
  }

  /** Adds a method with the same numbers in three seeds. */
  public MadeRun method(String task, String id, int memorized, double utility) {
    return method(
        task, id, List.of(memorized, memorized, memorized), List.of(utility, utility, utility));
  }

  /** Adds a method of a family. */
  public MadeRun method(
      String task, String id, Family family, List<Integer> memorized, List<Double> utility) {
    for (int seed = 0; seed < memorized.size(); seed++) {
      Scores after = scores(task, memorized.get(seed), utility.get(seed));
      add(task, id, family, seed, new TrialOutcome.Valid(), after);
    }
    return this;
  }

  /** Adds a method's trials of one seed. */
  public MadeRun seed(String task, String id, Family family, long seed, int memorized) {
    add(task, id, family, seed, new TrialOutcome.Valid(), scores(task, memorized, 90));
    return this;
  }

  /** Adds a method whose only trial failed. */
  public MadeRun failed(String task, String id, String reason) {
    add(task, id, Family.UNLEARNING, 0, new TrialOutcome.Failed(reason), null);
    return this;
  }

  /** Adds JMH's time of a method's trials, the same in every seed. */
  public MadeRun timed(String task, String method, double time) {
    return timed(task, method, trial -> time);
  }

  /** Adds JMH's times of a method's trials. */
  public MadeRun timed(String task, String method, ToDoubleFunction<TrialResult> time) {
    List<TimingResult.Shot> shots =
        trials.stream()
            .filter(trial -> trial.identity().task().equals(task))
            .filter(trial -> trial.identity().method().equals(method))
            .map(
                trial ->
                    new TimingResult.Shot(
                        0,
                        trial.identity().seed(),
                        trial.id(),
                        Map.of(),
                        time.applyAsDouble(trial),
                        null,
                        null,
                        otherLoad))
            .toList();
    timings.add(
        new TimingResult(
            TimingResult.SCHEMA,
            task,
            method,
            version,
            ContentHash.of(jar),
            1,
            null,
            null,
            shots,
            provenance()));
    return this;
  }

  private Provenance provenance() {
    return new Provenance("none", "17", "0", "0", "none", cpu, 4, 1, null, null, 1, "none");
  }

  private static Scores scores(String task, int memorized, double utility) {
    boolean math = !task.startsWith("language");
    double perplexity = math ? 2 : utility;
    return MadeScores.of(
        new RowCounts(memorized, 100),
        math ? utility : null,
        perplexity,
        math ? Map.of("7", utility) : Map.of());
  }

  private void add(
      String task,
      String id,
      Family family,
      long seed,
      TrialOutcome outcome,
      @Nullable Scores after) {
    tasks.add(task);
    methods.add(id);
    seeds.add(seed);
    TrialIdentity identity =
        new TrialIdentity(
            protocol,
            task,
            ContentHash.of(task + definition),
            ContentHash.of(data),
            ContentHash.of(weights),
            id,
            version,
            ContentHash.of(jar),
            Map.of("ratio", ratio),
            seed,
            fidelity,
            List.of(),
            "cpu",
            threads);
    trials.add(
        new TrialResult(
            TrialResult.SCHEMA,
            RunStore.id(identity),
            identity,
            id + suffix,
            family,
            outcome,
            scores(task, memorizedBefore, task.startsWith("language") ? 10 : 90),
            after,
            null,
            null,
            after == null ? null : new TrialTime(seconds, null, null),
            after == null ? null : 1L,
            after == null ? null : ContentHash.of("mitigated"),
            List.of(),
            null,
            null,
            provenance(),
            finishedAt));
  }

  /** Returns the run as it would be read back. */
  public StoredRun run() {
    Map<String, SelectionSpec> rules = new TreeMap<>();
    tasks.forEach(
        task ->
            rules.put(
                task,
                SelectionSpec.of(task.startsWith("language") ? "language" : "math")
                    .limitedBy(limit)));
    RunInfo info =
        new RunInfo(
            "made",
            "By hand.",
            protocol,
            fidelity,
            Map.of(),
            List.copyOf(seeds),
            tasks(),
            MethodInfo.unknown(methods),
            rules,
            Map.of(),
            provenance(),
            false);
    Summary summary = new Summary(info, List.of(), trials, timings);
    return new StoredRun(info, List.of(), trials, timings, summary.rows(), summary.selection())
        .with(new Completeness(0, absent, 0, List.of()));
  }

  private Map<String, TaskInfo> tasks() {
    Map<String, TaskInfo> known = new LinkedHashMap<>();
    tasks.forEach(task -> known.put(task, TaskInfo.noted("")));
    return known;
  }

  /** Returns numbers that rise by seed from a first one. */
  static List<Integer> rising(int from) {
    return IntStream.range(from, from + 3).boxed().toList();
  }
}
