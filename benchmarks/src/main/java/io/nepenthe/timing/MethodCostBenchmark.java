package io.nepenthe.timing;

import io.nepenthe.model.Weights;
import io.nepenthe.plugin.CostBound;
import io.nepenthe.plugin.Hyperparameters;
import io.nepenthe.plugin.Localizations;
import io.nepenthe.plugin.LocalizedUnlearning;
import io.nepenthe.plugin.MethodDescriptor;
import io.nepenthe.plugin.MitigationContext;
import io.nepenthe.plugin.MitigationMethod;
import io.nepenthe.plugin.Regularizer;
import io.nepenthe.pluginhost.InstalledPlugin;
import io.nepenthe.pluginhost.LoadedPlugin;
import io.nepenthe.pluginhost.PluginCatalog;
import io.nepenthe.tensor.Torch;
import io.nepenthe.training.Training;
import io.nepenthe.training.TrainingHook;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
import org.openjdk.jmh.annotations.Timeout;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What each method costs at the paper's size, as a multiple of a unit (a forward pass, a gradient,
 * a training step) that is measured in turn with it: the {@code ratio} column, beside the most it
 * may be. Machines are noisy, ratios of neighbours in time are not. It is the median of five, after
 * a warm-up; of a method that takes many minutes it is one.
 *
 * <p>The localization of a method's whole shared grid counts, as its plugin's jar does it.
 *
 * <pre>
 * benchmarks/jmh MethodCostBenchmark                       # all: half an hour, ten minutes of it zero
 * benchmarks/jmh MethodCostBenchmark -p method=act,durable
 * </pre>
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 0) // the first of the measured pairs warms up, and is not counted
@Measurement(iterations = 1)
@Timeout(time = 2, timeUnit = TimeUnit.HOURS) // an iteration of zero takes ten minutes
@Fork(
    value = 1,
    jvmArgsAppend = {
      "-Xmx2g",
      "-XX:+UseSerialGC",
      "-Dai.djl.offline=true",
      "-DOPT_OUT_TRACKING=true",
      "-Dai.djl.pytorch.num_interop_threads=1"
    })
public class MethodCostBenchmark {
  private static final int PAIRS = 5;

  /** Id of the plugin; {@link Jmh} names all that state a bound. */
  @Param("")
  private String method;

  /** Threads one operator may use; one is what sweeps use. */
  @Param("1")
  private int threads;

  private CostBound bound;
  private CostModel model;
  private Runnable unit;
  private Runnable work;

  /** The columns beside the time of the whole measurement. */
  @AuxCounters(AuxCounters.Type.EVENTS)
  @State(Scope.Thread)
  public static class Cost {
    /** The method's cost in units: the median over neighbouring pairs. */
    public double ratio;

    /** The most it may be. */
    public double atMost;

    /** Seconds of a unit, in the median. */
    public double unitSeconds;
  }

  /** Makes the model and loads the plugin. */
  @Setup(Level.Trial)
  public void prepare() {
    Torch.useThreads(threads);
    model = new CostModel();
    Path home = Path.of(System.getProperty("nepenthe.home.dir", ".")).toAbsolutePath();
    InstalledPlugin plugin = PluginCatalog.scan(List.of(home.resolve("plugins"))).require(method);
    bound =
        Objects.requireNonNull(
            plugin.descriptor().costBound(), method + " states no costBound in its descriptor");
    MitigationMethod<?> loaded = LoadedPlugin.method(plugin);
    if (loaded instanceof Regularizer<?> regularizer) {
      prepareTraining(regularizer, plugin.descriptor());
    } else if (loaded instanceof LocalizedUnlearning<?, ?> localized) {
      unit = unit();
      work = localization(localized, plugin.descriptor());
    } else {
      throw new IllegalStateException(method + " neither localizes nor takes part in training");
    }
  }

  private Runnable unit() {
    return switch (bound.unit()) {
      case FORWARD -> model::forward;
      case GRADIENT -> model::gradient;
      case STEP_WITHOUT_OPTIMIZER -> model::stepsWithoutOptimizer;
      case STEP -> steps(model.training(model.copy(), TrainingHook.NONE), CostUnit.BATCH);
      case TRAINING_STEP -> steps(model.training(model.copy(), TrainingHook.NONE), PaperSize.BATCH);
    };
  }

  private Runnable steps(Training training, int batch) {
    int[] rows = model.rows(batch);
    return () -> {
      for (int i = 0; i < CostUnit.STEPS; i++) {
        training.step(rows);
      }
    };
  }

  private <P extends Record> Runnable localization(
      LocalizedUnlearning<P, ?> localized, MethodDescriptor descriptor) {
    MitigationContext context = model.context(bound.unit());
    Map<String, List<Object>> searched = descriptor.grid("math").orElseThrow();
    List<P> points =
        descriptor.expand(bound.at().isEmpty() ? searched : bound.at()).stream()
            .map(point -> Hyperparameters.bind(localized.hyperparameters(), point))
            .toList();
    return () ->
        localized.localize(points, context, (point, found) -> Localizations.release(found));
  }

  private <P extends Record> void prepareTraining(
      Regularizer<P> regularizer, MethodDescriptor descriptor) {
    unit = unit();
    MitigationContext context = model.context(bound.unit());
    P point =
        Hyperparameters.bind(regularizer.hyperparameters(), descriptor.expand(bound.at()).get(0));
    Weights copy = model.copy();
    TrainingHook hook = regularizer.hook(point, context);
    work = steps(model.training(copy, hook), PaperSize.BATCH);
  }

  /** Runs unit and method in turn. */
  @Benchmark
  public void cost(Cost cost) {
    int pairs = CostUnit.isLong(bound.atMost()) ? 1 : PAIRS;
    unit.run();
    if (!CostUnit.isLong(bound.atMost())) {
      work.run();
    }
    InTurn measured = InTurn.of(work, unit, pairs);
    cost.ratio = measured.ratio();
    cost.unitSeconds = measured.baseline();
    cost.atMost = bound.atMost();
  }

  /** Frees the model. */
  @TearDown(Level.Trial)
  public void free() {
    model.close();
  }
}
