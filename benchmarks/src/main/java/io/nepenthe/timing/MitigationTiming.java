package io.nepenthe.timing;

import io.nepenthe.data.BlockedNgrams;
import io.nepenthe.exchange.TrialTime;
import io.nepenthe.exchange.WorkerRequest.MitigationJob;
import io.nepenthe.host.MitigationRunner;
import io.nepenthe.host.Original;
import io.nepenthe.model.Weights;
import io.nepenthe.plugin.MethodDescriptor;
import io.nepenthe.plugin.MitigationMethod;
import io.nepenthe.plugin.Progress;
import io.nepenthe.pluginhost.LoadedPlugin;
import io.nepenthe.pluginhost.PluginCatalog;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
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

/**
 * Single shots of a method's winners, in the order that the judge asks for. Loading the model and
 * its rows is off the clock, and so is a look at the weights that were left.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.SECONDS)
public class MitigationTiming {
  private Fork fork;
  private MitigationMethod<?> method;
  private MethodDescriptor descriptor;
  private MitigationRunner runner;
  private TimingShots.Shot shot;
  private Weights edited;
  private BlockedNgrams blocked;
  private TrialTime time;
  private @Nullable Throwable failed;

  /** Loads the plugin. */
  @Setup(Level.Trial)
  public void loadPlugin() throws IOException {
    fork = Fork.join();
    MitigationJob job = fork.any().mitigation();
    Path jar = Path.of(job.plugin());
    method = LoadedPlugin.method(jar, job.pluginSha256());
    descriptor = PluginCatalog.descriptor(jar);
    WarmUp.train(job);
  }

  /** Loads the next seed's original model and data. */
  @Setup(Level.Iteration)
  public void loadOriginal(IterationParams iteration) throws IOException {
    shot = fork.next(iteration);
    Original original = Original.of(shot.mitigation(), descriptor.allNeeds());
    runner = new MitigationRunner(original, Progress.SILENT);
  }

  /** Runs the method. */
  @Benchmark
  public TrialTime mitigate() throws IOException {
    try {
      runner.run(method, shot.mitigation().points(), new Receiver());
    } catch (RuntimeException | LinkageError | StackOverflowError | AssertionError e) {
      failed = e;
    }
    if (failed != null) {
      // in words: JMH sends what is thrown to the judge, where the plugin's classes are not known
      throw new IllegalStateException(shot.trialId() + " failed when it was timed: " + failed);
    }
    return time;
  }

  /** Passes on the times of the two steps and what they left, and frees the model. */
  @TearDown(Level.Iteration)
  public void free(IterationParams iteration) throws IOException {
    long changed =
        edited.changedEntries(runner.original()).values().stream().mapToLong(Long::longValue).sum();
    fork.tell(iteration, shot, time, blocked.hashWith(edited.hash()), changed);
    runner.close();
  }

  private final class Receiver implements MitigationRunner.Receiver {
    @Override
    public void mitigated(int point, Weights weights, BlockedNgrams ngrams, TrialTime taken) {
      edited = weights;
      blocked = ngrams;
      time = taken;
    }

    @Override
    public void failed(int point, Throwable cause) {
      failed = cause;
    }
  }
}
