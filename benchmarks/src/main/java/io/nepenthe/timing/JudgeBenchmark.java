package io.nepenthe.timing;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import io.nepenthe.data.ArtifactRows;
import io.nepenthe.data.Sequences;
import io.nepenthe.data.TaskData;
import io.nepenthe.metric.Continuations;
import io.nepenthe.metric.Memorization;
import io.nepenthe.metric.NextTokenMeasure;
import io.nepenthe.metric.NextTokenScore;
import io.nepenthe.metric.Observations;
import io.nepenthe.metric.Scores;
import io.nepenthe.model.LanguageModel;
import io.nepenthe.model.Parameters;
import io.nepenthe.model.Tap;
import io.nepenthe.model.Weights;
import io.nepenthe.protocol.Fidelity;
import io.nepenthe.tensor.Ops;
import io.nepenthe.tensor.Torch;
import java.util.Collections;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * What every metric costs of 1 000 rows at the paper's size, artifact and test rows in the
 * proportion of suite quick, against what % memorized, accuracy and perplexity alone need: an
 * argmax at each compared token, and the test rows. The ratio is to stay below 1.1.
 *
 * <pre>benchmarks/jmh JudgeBenchmark</pre>
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 2)
@Measurement(iterations = 7)
@Fork(
    value = 1,
    jvmArgsAppend = {
      "-Xmx2g",
      "-XX:+UseSerialGC",
      "-Dai.djl.offline=true",
      "-DOPT_OUT_TRACKING=true",
      "-Dai.djl.pytorch.num_interop_threads=1"
    })
public class JudgeBenchmark {
  private static final int ARTIFACTS = 375;
  private static final int TESTS = 625;

  /** Threads one operator may use. */
  @Param("1")
  private int threads;

  private NDManager manager;
  private LanguageModel model;
  private Weights weights;
  private Parameters parameters;
  private NDScope scope;
  private ArtifactRows artifacts;
  private Sequences tests;

  /** Makes model and rows. */
  @Setup(Level.Trial)
  public void prepare() {
    Torch.useThreads(threads);
    manager = Torch.newManager(Device.cpu());
    model = PaperSize.model();
    weights = PaperSize.weights(model, manager);
    TaskData data = PaperSize.data(Fidelity.CLEAN);
    artifacts =
        new ArtifactRows(
            data.scored().artifacts().slice(0, ARTIFACTS),
            data.scored().twins().slice(0, ARTIFACTS),
            Collections.nCopies(ARTIFACTS, PaperSize.WINDOW),
            Collections.nCopies(ARTIFACTS, true));
    tests = data.tests().values().iterator().next().slice(0, TESTS);
  }

  /** Splits the weights into tensors once, off the clock, as the judge does. */
  @Setup(Level.Iteration)
  public void split() {
    scope = new NDScope();
    scope.suppressNotUsedWarning();
    parameters = weights.parameters();
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

  /** Frees the tensors. */
  @TearDown(Level.Iteration)
  public void release() {
    scope.close();
  }

  /** Frees the model. */
  @TearDown(Level.Trial)
  public void free() {
    weights.close();
    manager.close();
  }
}
