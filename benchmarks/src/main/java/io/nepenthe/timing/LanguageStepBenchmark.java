package io.nepenthe.timing;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import io.nepenthe.data.Sequences;
import io.nepenthe.model.Architectures;
import io.nepenthe.model.LanguageModel;
import io.nepenthe.model.ModelSize;
import io.nepenthe.model.Parameters;
import io.nepenthe.model.Tap;
import io.nepenthe.model.Weights;
import io.nepenthe.task.Tokenizers;
import io.nepenthe.tensor.AdamWSettings;
import io.nepenthe.tensor.Ops;
import io.nepenthe.tensor.Torch;
import io.nepenthe.training.AdamW;
import io.nepenthe.training.OptimizerState;
import io.nepenthe.training.TokenBatch;
import io.nepenthe.training.Training;
import io.nepenthe.training.TrainingHook;
import io.nepenthe.training.TrainingSettings;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
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
 * One training step of the paper's language model: 128 chunks of 150 ids, vocabulary 50 257. The
 * baseline computes the head as PyTorch's eager mode does, all logits at once, with the same
 * libtorch: it needs some 12 GB, the step less than 2. Tokens per second are 19 200 / score.
 *
 * <pre>benchmarks/jmh LanguageStepBenchmark</pre>
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 1)
@Measurement(iterations = 3)
@Fork(
    value = 1,
    jvmArgsAppend = {
      "-Xmx2g",
      "-XX:+UseSerialGC", // collector threads would take the operators' cores
      "-Dai.djl.offline=true",
      "-DOPT_OUT_TRACKING=true",
      "-Dai.djl.pytorch.num_interop_threads=1"
    })
public class LanguageStepBenchmark {
  private static final int VOCABULARY = Tokenizers.paper().size();
  private static final int LENGTH = 150;

  /** Threads one operator may use. */
  @Param({"1", "2"})
  private int threads;

  /** Rows of a step. */
  @Param("128")
  private int rows;

  private final AdamWSettings settings = AdamWSettings.paper(PaperSize.LEARNING_RATE);
  private final LanguageModel model =
      Architectures.paper().model(new ModelSize(VOCABULARY, LENGTH, 128, 4, 4));
  private NDManager manager;
  private Weights weights;
  private Training training;
  private AdamW optimizer;
  private Sequences data;

  /** Makes model, optimizers and random rows; all of it seeded. */
  @Setup(Level.Trial)
  public void prepare() {
    Torch.useThreads(threads);
    RandomGenerator random = PaperSize.streams().stream("rows");
    int[] ids = random.ints((long) rows * LENGTH, 0, VOCABULARY).toArray();
    data = Sequences.of(LENGTH, rows, (row, position) -> ids[row * LENGTH + position]);
    manager = Torch.newManager(Device.cpu());
    weights = PaperSize.weights(model, manager);
    training =
        new Training(
            model,
            weights,
            data,
            LENGTH,
            new TrainingSettings(1, rows, settings),
            TrainingHook.NONE,
            PaperSize.streams(),
            OptimizerState.FRESH);
    optimizer = new AdamW(settings, weights, OptimizerState.FRESH);
  }

  /** Takes a step. */
  @Benchmark
  public double step() {
    return training.step(data.indices());
  }

  /** Takes a step with all logits at once. */
  @Benchmark
  public float baselineAllLogits() {
    float[] loss = new float[1];
    Torch.withGradients(
        true,
        () -> {
          NDArray flat = weights.flat();
          flat.setRequiresGradient(true);
          try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            TokenBatch batch = TokenBatch.of(manager, data, data.indices(), LENGTH);
            Parameters parameters = weights.parameters();
            NDArray states = model.hiddenStates(parameters, batch.inputs(), Tap.NONE);
            NDArray mean =
                Ops.crossEntropy(model.logits(parameters, states), batch.targets()).mean();
            Torch.backward(mean);
            optimizer.step(weights, flat.getGradient());
            Torch.zeroGradient(flat);
            loss[0] = mean.toFloatArray()[0];
          }
        });
    return loss[0];
  }

  /** Frees the model. */
  @TearDown(Level.Trial)
  public void free() {
    training.close();
    optimizer.close();
    weights.close();
    manager.close();
  }
}
