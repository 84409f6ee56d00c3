package io.nepenthe.judge;

import ai.djl.ndarray.NDManager;
import io.nepenthe.data.Sequences;
import io.nepenthe.data.TaskData;
import io.nepenthe.data.math.MathTokens;
import io.nepenthe.metric.Memorization;
import io.nepenthe.metric.NextTokenMeasure;
import io.nepenthe.metric.NextTokenScore;
import io.nepenthe.metric.Scores;
import io.nepenthe.model.LanguageModel;
import io.nepenthe.model.Parameters;
import io.nepenthe.model.PositionGatedModel;
import io.nepenthe.model.Weights;
import io.nepenthe.protocol.Quirk;
import io.nepenthe.suite.TaskSpec;
import io.nepenthe.tensor.Torch;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Measures models on one task and seed (EVALUATION 1 to 3). Never runs plugin code. Thread-safe:
 * every measurement has its own memory.
 */
public final class Judge {
  private final LanguageModel model;
  private final TaskData data;
  private final Memorization memorization;
  private final Set<Quirk> quirks;
  private final String device;

  /** What a measurement says: the scores, and which artifact rows are reproduced. */
  public record Verdict(Scores scores, List<Integer> memorizedRows) {
    /** Copies the list. */
    public Verdict {
      memorizedRows = List.copyOf(memorizedRows);
    }
  }

  /** Builds the evaluation data of a task and seed. */
  public Judge(TaskSpec task, long seed, Set<Quirk> quirks, String device) {
    this.model = task.architecture();
    this.data = task.build(seed, quirks);
    this.quirks = quirks;
    this.device = device;
    this.memorization =
        quirks.contains(Quirk.END_TOKEN_BAN)
            ? Memorization.banning(MathTokens.END)
            : Memorization.clean();
  }

  /** Returns the task's rows. */
  public TaskData data() {
    return data;
  }

  /** Measures weights given in model order. */
  public Verdict measure(float[] values) {
    return measure(values, Optional.empty());
  }

  /**
   * Measures weights given in model order.
   *
   * @param positionFactors what the residual stream is multiplied by before every block, if it is
   */
  public Verdict measure(float[] values, Optional<float[]> positionFactors) {
    LanguageModel measured =
        positionFactors
            .<LanguageModel>map(factors -> new PositionGatedModel(model, factors))
            .orElse(model);
    Verdict[] verdict = new Verdict[1];
    Torch.withGradients(
        false,
        () -> {
          try (NDManager manager = Torch.newManager(Torch.device(device));
              Weights weights = Weights.of(model.layout(), manager, values)) {
            verdict[0] = measure(measured, weights.parameters(), manager);
          }
        });
    return verdict[0];
  }

  private Verdict measure(LanguageModel measured, Parameters parameters, NDManager manager) {
    Memorization.Hits hits = memorization.hits(measured, parameters, data.scored(), manager);
    Map<String, Double> accuracies = new LinkedHashMap<>();
    double predictable = 0;
    double loss = 0;
    double batchPerplexity = 0;
    long targets = 0;
    for (Map.Entry<String, Sequences> test : data.tests().entrySet()) {
      NextTokenScore score =
          NextTokenMeasure.score(
              measured, parameters, test.getValue(), MathTokens::predictable, manager);
      accuracies.put(test.getKey(), 100 * accuracy(score));
      predictable += score.predictableAccuracy();
      loss += score.totalLoss();
      targets += score.targets();
      batchPerplexity += score.batchMeanPerplexity();
    }
    int tests = accuracies.size();
    Scores scores =
        new Scores(
            hits.score(),
            accuracies.values().stream().mapToDouble(Double::doubleValue).sum() / tests,
            100 * predictable / tests,
            Math.exp(loss / targets),
            batchPerplexity / tests,
            accuracies);
    return new Verdict(scores, Arrays.stream(hits.memorizedRows()).boxed().toList());
  }

  /** The reference averages over batches of equal weight; clean weighs every target alike. */
  private double accuracy(NextTokenScore score) {
    return quirks.isEmpty() ? score.accuracy() : score.batchMeanAccuracy();
  }
}
