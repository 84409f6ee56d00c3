package io.nepenthe.timing;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import io.nepenthe.data.ArtifactRows;
import io.nepenthe.data.Sequences;
import io.nepenthe.metric.GreedyDecoder;
import io.nepenthe.metric.Memorization;
import io.nepenthe.metric.RowCounts;
import io.nepenthe.model.LanguageModel;
import io.nepenthe.model.Parameters;
import io.nepenthe.model.Weights;
import io.nepenthe.tensor.Torch;
import java.util.ArrayList;
import java.util.List;
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

/**
 * Two ways to decide which of 1 000 rows are memorized: decode 50 tokens after each prompt of 50,
 * with cached keys and values, or one teacher-forced pass over the same windows, the baseline. Both
 * give the same rows; the ratio is what not generating saves.
 *
 * <pre>benchmarks/jmh DecodingBenchmark</pre>
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
public class DecodingBenchmark {
  private static final int EVERY_TOKEN_ALLOWED = -1;

  /** Threads one operator may use. */
  @Param("1")
  private int threads;

  private NDManager manager;
  private LanguageModel model;
  private Weights weights;
  private Parameters parameters;
  private NDScope scope;
  private ArtifactRows data;
  private List<Sequences> prompts;

  /**
   * Makes model and rows, in batches as large as scoring's: one of 1 000 rows leaves the caches.
   */
  @Setup(Level.Trial)
  public void prepare() {
    Torch.useThreads(threads);
    manager = Torch.newManager(Device.cpu());
    model = PaperSize.model();
    weights = PaperSize.weights(model, manager);
    data = PaperSize.thousandRows();
    Sequences leading = data.twins().leadingColumns(PaperSize.WINDOW.prompt());
    prompts = new ArrayList<>();
    for (int from = 0; from < leading.rows(); from += PaperSize.BATCH) {
      prompts.add(leading.slice(from, Math.min(from + PaperSize.BATCH, leading.rows())));
    }
  }

  /** Splits the weights into tensors, off the clock. */
  @Setup(Level.Iteration)
  public void split() {
    scope = new NDScope();
    scope.suppressNotUsedWarning();
    parameters = weights.parameters();
  }

  /** Decodes every row. Nothing ends a row early: then the time would depend on the weights. */
  @Benchmark
  public List<Sequences> decode() {
    List<Sequences> written = new ArrayList<>();
    Torch.withGradients(
        false,
        () -> {
          GreedyDecoder decoder = new GreedyDecoder(model, parameters);
          for (Sequences batch : prompts) {
            written.add(
                decoder.continueRows(
                    batch, PaperSize.WINDOW.compare(), EVERY_TOKEN_ALLOWED, manager));
          }
        });
    return written;
  }

  /** Decides it by one pass. */
  @Benchmark
  public RowCounts baselineTeacherForced() {
    RowCounts[] score = new RowCounts[1];
    Torch.withGradients(
        false,
        () ->
            score[0] =
                Memorization.clean().continuations(model, parameters, data, manager).reproduced());
    return score[0];
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
