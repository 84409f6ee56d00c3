package io.nepenthe.timing;

import io.nepenthe.machine.OtherLoad;
import io.nepenthe.model.Weights;
import io.nepenthe.plugin.MethodDescriptor;
import io.nepenthe.plugin.MitigationMethod;
import io.nepenthe.plugin.Progress;
import io.nepenthe.pluginhost.LoadedPlugin;
import io.nepenthe.pluginhost.PluginCatalog;
import io.nepenthe.runstore.TrialTime;
import io.nepenthe.tensor.Torch;
import io.nepenthe.worker.MitigationRunner;
import io.nepenthe.worker.Original;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.runner.IterationType;

/**
 * One single shot per seed of a method's winners. Loading the model and building the data are off
 * the clock. The warm-up shots repeat the first seed; without them the first measured shot would
 * pay for loading classes and libtorch's kernels.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.SECONDS)
public class MitigationTiming {
  private List<TimingShots.Shot> shots;
  private MitigationMethod<?> method;
  private MethodDescriptor descriptor;
  private MitigationRunner runner;
  private TimingShots.Shot shot;
  private TrialTime time;
  private int measured;
  private OtherLoad others;

  /** Loads the plugin. */
  @Setup(Level.Trial)
  public void loadPlugin() throws IOException {
    others = OtherLoad.start();
    Torch.useThreads(Integer.getInteger(TimingShots.THREADS_PROPERTY));
    shots = TimingShots.fromProperty().shots();
    Path jar = Path.of(shots.get(0).job().plugin());
    method = LoadedPlugin.method(jar);
    descriptor = PluginCatalog.descriptor(jar);
    WarmUp.train(shots.get(0).job());
  }

  /** Loads the next seed's original model and data. */
  @Setup(Level.Iteration)
  public void loadOriginal(IterationParams iteration) throws IOException {
    boolean warmUp = iteration.getType() == IterationType.WARMUP;
    shot = shots.get(warmUp ? 0 : measured++);
    shot.job().corpora().adopt();
    Original original = Original.of(shot.job(), descriptor.needs());
    runner = new MitigationRunner(method, original, Progress.SILENT);
  }

  /** Runs the method. */
  @Benchmark
  public TrialTime mitigate() throws IOException {
    runner.run(shot.job().points(), new Receiver());
    return time;
  }

  /** Passes on the times of the two steps and the other load, and frees the model. */
  @TearDown(Level.Iteration)
  public void free(IterationParams iteration) throws IOException {
    runner.close();
    if (iteration.getType() == IterationType.MEASUREMENT) {
      new ForkShot(time, others.cores()).append();
    }
  }

  private final class Receiver implements MitigationRunner.Receiver {
    @Override
    public void mitigated(int point, Weights weights, TrialTime taken) {
      time = taken;
    }

    @Override
    public void failed(int point, Throwable cause) {
      throw new IllegalStateException(shot.trialId() + " failed when it was timed", cause);
    }
  }
}
