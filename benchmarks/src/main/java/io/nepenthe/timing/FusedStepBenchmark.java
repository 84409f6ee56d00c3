package io.nepenthe.timing;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import io.nepenthe.model.Weights;
import io.nepenthe.original.TrainingOrder;
import io.nepenthe.original.TrainingSetup;
import io.nepenthe.protocol.Fidelity;
import io.nepenthe.protocol.RandomStreams;
import io.nepenthe.suite.SuiteReader;
import io.nepenthe.suite.TaskSpec;
import io.nepenthe.suite.TrainingPlan;
import io.nepenthe.tensor.Torch;
import io.nepenthe.training.OptimizerState;
import io.nepenthe.training.Training;
import io.nepenthe.training.TrainingHook;
import io.nepenthe.training.TrainingSettings;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
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
 * A training step of a suite's first task, by autograd and fused. {@link #inTurn} takes both in one
 * process, one after the other: its columns say how many rows each trains a second, and how many
 * times as many the fused one does, in the median. The other two are for profiles.
 *
 * <pre>
 * benchmarks/jmh FusedStepBenchmark.inTurn
 * benchmarks/jmh FusedStepBenchmark.autograd -prof io.nepenthe.timing.OperatorProfiler
 * </pre>
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3)
@Measurement(iterations = 10)
@Fork(
    value = 1,
    jvmArgsAppend = {
      "-Xmx2g",
      "-XX:+UseSerialGC",
      "-Dai.djl.offline=true",
      "-DOPT_OUT_TRACKING=true",
      "-Dai.djl.pytorch.num_interop_threads=1"
    })
public class FusedStepBenchmark {
  private static final int WARM_UPS = 3;
  private static final int PAIRS = 21;
  private static final long SEED = 0;

  /** Name of the suite. */
  @Param({"quick", "table1"})
  private String suite;

  /** Threads one operator may use; one is what sweeps use. */
  @Param("1")
  private int threads;

  private NDManager manager;
  private TrainingPlan plan;
  private TrainingSetup setup;
  private int[] batch;
  private Training autograd;
  private Training fused;

  /** The columns beside the time of the whole measurement. */
  @AuxCounters(AuxCounters.Type.EVENTS)
  @State(Scope.Thread)
  public static class Speed {
    /** Rows of a second by autograd. */
    public double autogradRows;

    /** Rows of a second, fused. */
    public double fusedRows;

    /** Their ratio, the median over neighbouring pairs. */
    public double ratio;
  }

  /** Makes both trainings; they begin with the same weights. */
  @Setup(Level.Trial)
  public void prepare() {
    Torch.useThreads(threads);
    Path home = Path.of(System.getProperty("nepenthe.home.dir", ".")).toAbsolutePath();
    TaskSpec task = new SuiteReader(home.resolve("benchmarks/suites")).read(suite).tasks().get(0);
    plan = new TrainingPlan(task, SEED, Fidelity.CLEAN, threads, "cpu", null);
    setup = plan.plain();
    manager = Torch.newManager(Device.cpu());
    autograd = training(false);
    fused = training(true);
    int[] order =
        RandomStreams.permutation(setup.rows().rows(), plan.order().streams().stream("shuffle/0"));
    batch = Arrays.copyOf(order, plan.order().settings().batchSize());
  }

  private Training training(boolean isFused) {
    TrainingOrder order = plan.order();
    float[] values = TrainingOrder.initialValues(order.model(), order.streams());
    TrainingSettings own = order.settings();
    return new Training(
        order.model(),
        Weights.of(order.model().layout(), manager, values),
        setup.rows(),
        setup.length(),
        new TrainingSettings(own.passes(), own.batchSize(), own.optimizer(), isFused),
        TrainingHook.NONE,
        order.streams(),
        OptimizerState.FRESH);
  }

  /** Takes a step by autograd. */
  @Benchmark
  public double autograd() {
    return OperatorProfiler.recorded(() -> autograd.step(batch));
  }

  /** Takes a fused step. */
  @Benchmark
  public double fused() {
    return OperatorProfiler.recorded(() -> fused.step(batch));
  }

  /** Takes both in turn. */
  @Benchmark
  @Warmup(iterations = 0)
  @Measurement(iterations = 1) // JMH would add up the columns of several
  public void inTurn(Speed speed) {
    for (int i = 0; i < WARM_UPS; i++) {
      fused.step(batch);
      autograd.step(batch);
    }
    InTurn measured = InTurn.of(() -> fused.step(batch), () -> autograd.step(batch), PAIRS);
    speed.ratio = 1 / measured.ratio();
    speed.autogradRows = batch.length / measured.baseline();
    speed.fusedRows = speed.autogradRows * speed.ratio;
  }

  /** Frees the models. */
  @TearDown(Level.Trial)
  public void free() {
    autograd.close();
    fused.close();
    manager.close();
  }
}
