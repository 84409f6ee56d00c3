package io.nepenthe.judge;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import io.nepenthe.checkpoint.ModelFolder;
import io.nepenthe.data.BlockedNgrams;
import io.nepenthe.data.Sequences;
import io.nepenthe.metric.BatchMeans;
import io.nepenthe.metric.Continuations;
import io.nepenthe.metric.Memorization;
import io.nepenthe.metric.NextTokenMeasure;
import io.nepenthe.metric.NextTokenScore;
import io.nepenthe.metric.NextTokenTally;
import io.nepenthe.metric.Observations;
import io.nepenthe.metric.Scores;
import io.nepenthe.metric.SplitScores;
import io.nepenthe.model.LanguageModel;
import io.nepenthe.model.Parameters;
import io.nepenthe.model.PositionGatedModel;
import io.nepenthe.model.Weights;
import io.nepenthe.original.Checkpoint;
import io.nepenthe.protocol.Quirk;
import io.nepenthe.suite.TaskSpec;
import io.nepenthe.task.ArtifactRows;
import io.nepenthe.task.DataSpec;
import io.nepenthe.task.TaskData;
import io.nepenthe.tensor.FloatType;
import io.nepenthe.tensor.Torch;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Measures models on one task and seed (EVALUATION 1 to 3). Never runs plugin code. Thread-safe:
 * every measurement has its own memory.
 */
public final class Judge {
  private final LanguageModel model;
  private final DataSpec spec;
  private final TaskData data;
  private final Memorization memorization;
  private final Set<Quirk> quirks;
  private final FloatType computeType;
  private final JudgedRows all;
  private final JudgedRows validation;
  private final JudgedRows holdout;

  /**
   * What a measurement says.
   *
   * @param scores over all rows
   * @param split the same over either half of them; null if a half has no test row
   * @param memorizedRows indices of the artifact rows that are reproduced
   */
  public record Verdict(Scores scores, @Nullable SplitScores split, List<Integer> memorizedRows) {
    /** Copies the list. */
    public Verdict {
      memorizedRows = List.copyOf(memorizedRows);
    }
  }

  /** What one pass over all rows found, before it is counted. */
  private record Pass(Continuations artifacts, Map<String, NextTokenTally> tests) {}

  /** Builds the evaluation data of a task and seed. */
  public Judge(TaskSpec task, long seed, Set<Quirk> quirks) {
    this.model = task.architecture();
    this.spec = task.data();
    this.data = task.build(seed, quirks);
    this.quirks = quirks;
    this.computeType = task.computedIn();
    this.memorization =
        quirks.contains(Quirk.END_TOKEN_BAN)
            ? Memorization.banning(task.vocabulary().neverEmitted())
            : Memorization.clean();
    this.all = JudgedRows.all(data);
    this.validation = JudgedRows.validation(data, seed);
    this.holdout = JudgedRows.holdout(data, seed);
  }

  /** Returns the task's rows. */
  public TaskData data() {
    return data;
  }

  /**
   * Measures a model of the task.
   *
   * @param manager on the device that measures; its weights stay there
   */
  public Verdict measure(Checkpoint checkpoint, NDManager manager) {
    Weights weights = ModelFolder.readWeights(checkpoint.folder(), model, manager);
    return measure(weights, Inference.gated(checkpoint.positionFactors()));
  }

  /**
   * Measures weights on the device that they are on.
   *
   * @param positionFactors what the residual stream is multiplied by before every block, if it is
   */
  public Verdict measure(Weights weights, Optional<float[]> positionFactors) {
    return measure(weights, Inference.gated(positionFactors));
  }

  /**
   * Measures weights on the device that they are on.
   *
   * @param inference what belongs to the model in use beside them
   */
  public Verdict measure(Weights weights, Inference inference) {
    return verdict(pass(weights, inference, data.scored(), data.tests()));
  }

  /**
   * Returns how weights continue other artifact rows than the task's, and on request how they
   * predict its test rows.
   *
   * @param inference what belongs to the model in use beside them
   * @param rows those that are eligible among them are read
   * @param withTests false to leave metrics of clean rows out
   */
  public Scores measure(
      Weights weights, Inference inference, ArtifactRows rows, boolean withTests) {
    Map<String, Sequences> tests = withTests ? data.tests() : Map.of();
    Pass pass = pass(weights, inference, rows, tests);
    Map<String, NextTokenScore> scores = new LinkedHashMap<>();
    pass.tests().forEach((name, tally) -> scores.put(name, tally.score()));
    return scores(pass.artifacts(), scores);
  }

  private Pass pass(
      Weights weights, Inference inference, ArtifactRows rows, Map<String, Sequences> tests) {
    LanguageModel measured =
        inference
            .positionFactors()
            .<LanguageModel>map(factors -> new PositionGatedModel(model, factors))
            .orElse(model);
    Pass[] pass = new Pass[1];
    Torch.withGradients(
        false,
        () -> {
          try (NDManager manager = weights.manager().newSubManager();
              NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            Parameters parameters = weights.computedIn(computeType).parameters().byBlock();
            pass[0] =
                new Pass(
                    memorization
                        .blocking(inference.blocked())
                        .continuations(measured, parameters, rows, manager),
                    tallies(measured, parameters, inference.blocked(), tests, manager));
          }
        });
    return pass[0];
  }

  private Map<String, NextTokenTally> tallies(
      LanguageModel measured,
      Parameters parameters,
      BlockedNgrams blocked,
      Map<String, Sequences> tests,
      NDManager manager) {
    Map<String, NextTokenTally> tallies = new LinkedHashMap<>();
    for (Map.Entry<String, Sequences> test : tests.entrySet()) {
      tallies.put(
          test.getKey(),
          NextTokenMeasure.tally(
              measured,
              parameters,
              test.getValue(),
              spec::predictable,
              manager,
              BatchMeans.of(spec, quirks),
              blocked));
    }
    return tallies;
  }

  private Verdict verdict(Pass pass) {
    boolean splits = validation.areScorable() && holdout.areScorable();
    return new Verdict(
        scores(pass, all),
        splits ? new SplitScores(scores(pass, validation), scores(pass, holdout)) : null,
        Arrays.stream(pass.artifacts().reproducedRows()).boxed().toList());
  }

  private Scores scores(Pass pass, JudgedRows rows) {
    Map<String, NextTokenScore> tests = new LinkedHashMap<>();
    pass.tests().forEach((name, tally) -> tests.put(name, tally.score(rows.test(name))));
    return scores(pass.artifacts().of(rows.artifacts()), tests);
  }

  private Scores scores(Continuations artifacts, Map<String, NextTokenScore> tests) {
    Observations seen =
        new Observations(artifacts, tests, quirks.contains(Quirk.BATCH_MEAN_ACCURACY));
    return Scores.of(seen, metric -> metric.appliesTo(spec));
  }
}
