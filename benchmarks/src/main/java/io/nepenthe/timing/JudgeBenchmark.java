package io.nepenthe.timing;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import io.nepenthe.data.Sequences;
import io.nepenthe.metric.Continuations;
import io.nepenthe.metric.Memorization;
import io.nepenthe.metric.NextTokenMeasure;
import io.nepenthe.metric.NextTokenScore;
import io.nepenthe.metric.Observations;
import io.nepenthe.metric.Scores;
import io.nepenthe.model.Tap;
import io.nepenthe.protocol.Fidelity;
import io.nepenthe.task.ArtifactRows;
import io.nepenthe.task.TaskData;
import io.nepenthe.tensor.Ops;
import io.nepenthe.tensor.Torch;
import java.util.Collections;
import java.util.Map;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/**
 * What every metric costs of 1 000 rows at the paper's size, artifact and test rows in the
 * proportion of suite quick, against what % memorized, accuracy and perplexity alone need: an
 * argmax at each compared token, and the test rows. The ratio is to stay below 1.1.
 *
 * <pre>benchmarks/jmh JudgeBenchmark</pre>
 */
@State(Scope.Benchmark)
public class JudgeBenchmark extends PaperSizeBenchmark {
  private static final int ARTIFACTS = 375;
  private static final int TESTS = 625;

  private ArtifactRows artifacts;
  private Sequences tests;

  @Override
  void prepareRows() {
    TaskData data = PaperSize.data(Fidelity.CLEAN);
    artifacts =
        new ArtifactRows(
            data.scored().artifacts().slice(0, ARTIFACTS),
            data.scored().twins().slice(0, ARTIFACTS),
            Collections.nCopies(ARTIFACTS, PaperSize.WINDOW),
            Collections.nCopies(ARTIFACTS, true));
    tests = data.tests().values().iterator().next().slice(0, TESTS);
  }

  /** Every metric. */
  @Benchmark
  public Scores everyMetric() {
    Scores[] scores = new Scores[1];
    Torch.withGradients(
        false,
        () -> {
          Continuations continued =
              Memorization.clean().continuations(model, parameters, artifacts, manager);
          scores[0] =
              Scores.of(
                  new Observations(continued, Map.of("test", testScore()), false), each -> true);
        });
    return scores[0];
  }

  /** Its baseline: what the tokens are, and nothing of how likely. */
  @Benchmark
  public NextTokenScore baselineArgmaxes(Blackhole blackhole) {
    NextTokenScore[] score = new NextTokenScore[1];
    Torch.withGradients(
        false,
        () -> {
          for (int from = 0; from < ARTIFACTS; from += PaperSize.BATCH) {
            int to = Math.min(from + PaperSize.BATCH, ARTIFACTS);
            blackhole.consume(argmaxes(artifacts.artifacts().slice(from, to)));
          }
          score[0] = testScore();
        });
    return score[0];
  }

  private long[] argmaxes(Sequences rows) {
    int prompt = PaperSize.WINDOW.prompt();
    int read = PaperSize.WINDOW.end() - 1;
    try (NDScope inner = new NDScope()) {
      inner.suppressNotUsedWarning();
      NDArray tokens = Torch.longs(manager, rows.copy(rows.indices(), 0, read), rows.rows(), read);
      NDArray compared =
          model
              .hiddenStates(parameters, tokens, Tap.NONE) // (B*T, D)
              .reshape(rows.rows(), read, model.width())
              .get(":, " + (prompt - 1) + ":") // (B, T, D) -> (B, T', D)
              .reshape(-1, model.width()); // -> (B*T', D)
      return Ops.argMax(model.logits(parameters, compared)).toLongArray();
    }
  }

  private NextTokenScore testScore() {
    return NextTokenMeasure.score(
        model, parameters, tests, NextTokenMeasure.NOTHING_PREDICTABLE, manager);
  }
}
