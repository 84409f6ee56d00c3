package io.nepenthe.timing;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import io.nepenthe.model.LanguageModel;
import io.nepenthe.model.Parameters;
import io.nepenthe.model.Weights;
import io.nepenthe.tensor.Torch;
import java.util.concurrent.TimeUnit;
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
 * A benchmark of the paper's model: one shot takes seconds, in one process of a fixed heap. The
 * weights are split into tensors once for all shots, off the clock, as the judge does.
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
public abstract class PaperSizeBenchmark {
  NDManager manager;
  LanguageModel model;
  Parameters parameters;

  /** Threads one operator may use. */
  @Param("1")
  private int threads;

  private Weights weights;
  private NDScope scope;

  /** Makes model and rows. */
  @Setup(Level.Trial)
  public void prepare() {
    Torch.useThreads(threads);
    manager = Torch.newManager(Device.cpu());
    model = PaperSize.model();
    weights = PaperSize.weights(model, manager);
    prepareRows();
  }

  /** Makes what a benchmark reads. */
  abstract void prepareRows();

  /** Splits the weights into tensors. */
  @Setup(Level.Iteration)
  public void split() {
    scope = new NDScope();
    scope.suppressNotUsedWarning();
    parameters = weights.parameters();
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
