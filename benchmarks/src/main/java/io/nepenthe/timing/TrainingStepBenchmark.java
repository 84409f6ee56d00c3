package io.nepenthe.timing;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import io.nepenthe.data.Sequences;
import io.nepenthe.model.LanguageModel;
import io.nepenthe.model.Weights;
import io.nepenthe.protocol.Fidelity;
import io.nepenthe.protocol.Quirk;
import io.nepenthe.protocol.RandomStreams;
import io.nepenthe.task.TaskData;
import io.nepenthe.tensor.AdamWSettings;
import io.nepenthe.tensor.Torch;
import io.nepenthe.training.NextTokenLoss;
import io.nepenthe.training.OptimizerState;
import io.nepenthe.training.TokenBatch;
import io.nepenthe.training.Training;
import io.nepenthe.training.TrainingHook;
import io.nepenthe.training.TrainingSettings;
import java.util.Arrays;
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
 * One training step at the paper's size: 128 rows, forward, backward, AdamW. The baseline is the
 * forward pass of the same batch. Rows of 150 per second are 128 / score for either fidelity;
 * tokens per second, padding counted as the reference program does, are 150 times that.
 *
 * <pre>benchmarks/jmh TrainingStepBenchmark</pre>
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime) // a step is long: JMH need not repeat it to see it
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3) // libtorch chooses kernels and glibc's heap grows in the first steps
@Measurement(iterations = 10)
@Fork(
    value = 1,
    jvmArgsAppend = {
      "-Xmx2g",
      "-XX:+UseSerialGC", // collector threads would take the operators' cores
      "-Dai.djl.offline=true",
      "-DOPT_OUT_TRACKING=true",
      "-Dai.djl.pytorch.num_interop_threads=1"
    })
public class TrainingStepBenchmark {
  /** Clean computes the 121 columns that hold tokens, reference all 150. */
  @Param({"CLEAN", "REFERENCE"})
  private Fidelity fidelity;

  /** Threads one operator may use. libtorch's own default would differ from machine to machine. */
  @Param({"1", "2"})
  private int threads;

  private NDManager manager;
  private LanguageModel model;
  private Weights weights;
  private Training training;
  private Sequences rows;
  private int[] batch;
  private int length;

  /** Makes model, rows and optimizer; all of it seeded, so that every fork does the same work. */
  @Setup(Level.Trial)
  public void prepare() {
    Torch.useThreads(threads);
    TaskData data = PaperSize.data(fidelity);
    rows = data.train();
    length = data.trainedLength(Quirk.of(fidelity));
    manager = Torch.newManager(Device.cpu());
    model = PaperSize.model();
    weights = PaperSize.weights(model, manager);
    // The first rows in stored order are all of one task; a step of a real pass mixes them.
    int[] order = RandomStreams.permutation(rows.rows(), PaperSize.streams().stream("shuffle/0"));
    batch = Arrays.copyOf(order, PaperSize.BATCH);
    training =
        new Training(
            model,
            weights,
            rows,
            length,
            new TrainingSettings(1, PaperSize.BATCH, AdamWSettings.paper(PaperSize.LEARNING_RATE)),
            TrainingHook.NONE,
            PaperSize.streams(),
            OptimizerState.FRESH);
  }

  /**
   * Takes a step. It reads its loss, as real training does, and so ends only when the device is
   * done: without that a GPU's time would be the time to queue the step.
   */
  @Benchmark
  public double step() {
    return training.step(batch);
  }

  /**
   * Only computes the loss. Gradients are off: recorded, the pass would keep every activation,
   * which is the step's cost and not the forward pass's.
   */
  @Benchmark
  public float baselineForward() {
    float[] loss = new float[1];
    Torch.withGradients(
        false,
        () -> {
          try (NDScope scope = new NDScope()) { // or each pass would leave its arrays behind
            scope.suppressNotUsedWarning();
            TokenBatch tokens = TokenBatch.of(weights.manager(), rows, batch, length);
            loss[0] = NextTokenLoss.mean(model, weights.parameters(), tokens).toFloatArray()[0];
          }
        });
    return loss[0];
  }

  /** Frees the model. */
  @TearDown(Level.Trial)
  public void free() {
    training.close();
    weights.close();
    manager.close();
  }
}
