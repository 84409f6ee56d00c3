package io.nepenthe.selection;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.nepenthe.exchange.TrialTime;
import io.nepenthe.json.Json;
import io.nepenthe.metric.RowCounts;
import io.nepenthe.metric.Scores;
import io.nepenthe.metric.SplitScores;
import io.nepenthe.plugin.Family;
import io.nepenthe.plugin.MethodDescriptor;
import io.nepenthe.protocol.Fidelity;
import io.nepenthe.protocol.ProtocolVersion;
import io.nepenthe.provenance.Provenance;
import io.nepenthe.runstore.MethodInfo;
import io.nepenthe.runstore.RunFile;
import io.nepenthe.runstore.RunInfo;
import io.nepenthe.runstore.RunMethod;
import io.nepenthe.runstore.RunStore;
import io.nepenthe.runstore.TaskInfo;
import io.nepenthe.runstore.TrialIdentity;
import io.nepenthe.runstore.TrialOutcome;
import io.nepenthe.runstore.TrialResult;
import io.nepenthe.suite.MethodChoice;
import io.nepenthe.suite.SelectionSpec;
import io.nepenthe.suite.Suite;
import io.nepenthe.suite.TaskSpec;
import io.nepenthe.testkit.MadeScores;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Results made by hand: 100 artifact rows, test sets "7" and "2". */
public final class HandMade {
  private static final String HASH = "0".repeat(64);

  private static final Map<String, Map<String, List<Number>>> GRIDS =
      Map.of("task", Map.of("ratio", List.of(0.1, 0.2)));
  private static final String TASK_HASH = task("task").hash();

  private HandMade() {}

  /** Returns where nothing was measured. */
  public static Provenance provenance() {
    return new Provenance("none", "17", "0", "0", "none", "none", 1, 1, null, null, 1, "none");
  }

  /** Returns where something was measured, on one thread. */
  public static Provenance machine(String cpu) {
    return new Provenance("none", "17", "0", "0", "none", cpu, 4, 1, null, null, 1, "none");
  }

  /** Returns a run of the task "task"; the time of extra fine-tuning limits that of others. */
  public static RunInfo run(List<Long> seeds, List<String> methods) {
    return new RunInfo(
        "suite",
        "For tests.",
        ProtocolVersion.CURRENT,
        Fidelity.CLEAN,
        Map.of(),
        seeds,
        Map.of("task", TaskInfo.noted("")),
        MethodInfo.unknown(methods),
        Map.of("task", SelectionSpec.MATH.limitedBy("extra-fine-tuning")),
        Map.of(),
        provenance(),
        false);
  }

  /** Returns the content of run.json of such a run. */
  public static RunFile runFile(String suite, String protocol, long seed, String... methods) {
    return RunFile.of(
        new Suite(
            suite,
            "For tests.",
            protocol,
            Fidelity.CLEAN,
            List.of(seed),
            1,
            "cpu",
            null,
            null,
            List.of(task("task")),
            Stream.of(methods).map(id -> new MethodChoice(id, null, null)).toList()),
        Stream.of(methods)
            .map(id -> new RunMethod(id, "0.1.0", HASH, descriptor(id), GRIDS))
            .toList(),
        Map.of("total", 1.5),
        provenance());
  }

  private static TaskSpec task(String id) {
    String json =
        """
        {
          "id": "%s", "version": 1, "kind": "math",
          "data": {
            "family": "additive", "numbers": 8, "length": 34, "primary": 7, "auxiliary": [2],
            "primaryRows": 40, "auxiliaryRows": 20, "testRows": 5,
            "artifact": {"kind": "noise", "rows": 8, "rate": 0.4}
          },
          "window": {"prompt": 10, "compare": 2},
          "model": {"layers": 2, "width": 32, "heads": 4},
          "training": {"passes": 9, "batchSize": 8, "learningRate": 0.005},
          "budgetSeconds": 1
        }
        """;
    try {
      return Json.mapper().readValue(json.formatted(id), TaskSpec.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static MethodDescriptor descriptor(String name) {
    String json =
        """
        {
          "name": "%s", "family": "unlearning", "edits": "weights", "summary": "Forgets.",
          "paper": {"title": "T", "authors": "A", "year": 2000, "url": "u", "section": "s"},
          "needs": [], "hyperparameters": {
            "ratio": {
              "type": "real", "min": 0, "max": 1, "default": 0.1, "affects": "edit",
              "description": "Share of the weights."
            }
          },
          "grids": {}
        }
        """;
    return MethodDescriptor.read(json.formatted(name).getBytes(StandardCharsets.UTF_8));
  }

  /** Returns scores; accuracy is the mean of both test sets. */
  public static Scores scores(int memorized, double accuracy7, double accuracy2) {
    Map<String, Double> byTest = new LinkedHashMap<>();
    byTest.put("7", accuracy7);
    byTest.put("2", accuracy2);
    double mean = (accuracy7 + accuracy2) / 2;
    return MadeScores.of(new RowCounts(memorized, 100), mean, 2, byTest);
  }

  /** A trial to be completed: 100 % memorized and 50 % accurate before, unchanged after, 1 s. */
  public static final class Trial {
    private String method = "method";
    private Family family = Family.UNLEARNING;
    private long seed;
    private Map<String, Number> hyperparameters = Map.of("ratio", 0.1);
    private Scores before = scores(100, 50, 50);
    private Scores after = scores(100, 50, 50);
    private @Nullable SplitScores beforeSplit;
    private @Nullable SplitScores afterSplit;
    private Provenance provenance = provenance();
    private double seconds = 1;
    private @Nullable Double cost;
    private Fidelity fidelity = Fidelity.CLEAN;

    /** Sets method and family. */
    public Trial of(String id, Family kind) {
      method = id;
      family = kind;
      return this;
    }

    /** Sets the seed. */
    public Trial seed(long value) {
      seed = value;
      return this;
    }

    /** Sets the ratio. */
    public Trial ratio(double value) {
      hyperparameters = Map.of("ratio", value);
      return this;
    }

    /** Sets all hyper-parameters. */
    public Trial hyperparameters(Map<String, Number> values) {
      hyperparameters = values;
      return this;
    }

    /** Sets the scores before. */
    public Trial before(Scores value) {
      before = value;
      return this;
    }

    /** Sets the scores after. */
    public Trial after(Scores value) {
      after = value;
      return this;
    }

    /** Sets the scores on both halves. */
    public Trial halves(SplitScores beforeHalves, SplitScores afterHalves) {
      beforeSplit = beforeHalves;
      afterSplit = afterHalves;
      return this;
    }

    /** Sets the machine. */
    public Trial on(Provenance machine) {
      provenance = machine;
      return this;
    }

    /** Sets the time. */
    public Trial seconds(double value) {
      seconds = value;
      return this;
    }

    /** Sets the counted work. */
    public Trial cost(@Nullable Double value) {
      cost = value;
      return this;
    }

    /** Sets the fidelity. */
    public Trial fidelity(Fidelity value) {
      fidelity = value;
      return this;
    }

    /** Returns the trial, valid. */
    public TrialResult valid() {
      return result(new TrialOutcome.Valid());
    }

    /** Returns the trial, ended otherwise. */
    public TrialResult ended(TrialOutcome outcome) {
      return result(outcome);
    }

    private TrialResult result(TrialOutcome outcome) {
      TrialIdentity identity =
          new TrialIdentity(
              ProtocolVersion.CURRENT,
              "task",
              TASK_HASH,
              HASH,
              HASH,
              method,
              "0.1.0",
              HASH,
              hyperparameters,
              seed,
              fidelity,
              List.of(),
              "cpu",
              1);
      boolean valid = outcome instanceof TrialOutcome.Valid;
      return new TrialResult(
          TrialResult.SCHEMA,
          RunStore.id(identity),
          identity,
          method,
          family,
          outcome,
          before,
          valid ? after : null,
          beforeSplit,
          valid ? afterSplit : null,
          valid ? new TrialTime(seconds, null, null, cost) : null,
          valid ? 1L : null,
          valid ? HASH : null,
          List.of(),
          null,
          null,
          provenance,
          "2025-01-01T00:00:00Z");
    }
  }
}
