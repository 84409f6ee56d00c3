package io.nepenthe.timing;

import ai.djl.ndarray.NDManager;
import io.nepenthe.checkpoint.ModelFolder;
import io.nepenthe.exchange.TrialTime;
import io.nepenthe.exchange.WorkerRequest;
import io.nepenthe.host.RegularizerSetup;
import io.nepenthe.model.Weights;
import io.nepenthe.original.Checkpoint;
import io.nepenthe.original.ExtraTime;
import io.nepenthe.original.TrainingOrder;
import io.nepenthe.tensor.Torch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
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

/**
 * One single shot per seed of a regularizer: the same steps with and without it in turn. JMH's own
 * score is the time of all those steps; the regularizer's time is their difference scaled to the
 * whole training (EVALUATION 6), which {@link ForkShot} carries.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.SECONDS)
public class RegularizerTiming {
  private Fork fork;
  private TimingShots.Shot shot;
  private NDManager manager;
  private String weightsHash;
  private ExtraTime steps;
  private double extraSeconds;

  /** Reads what to repeat. */
  @Setup(Level.Trial)
  public void read() throws IOException {
    fork = Fork.join();
  }

  /** Loads the next seed's regularized model. */
  @Setup(Level.Iteration)
  public void load(IterationParams iteration) throws IOException {
    shot = fork.next(iteration);
    WorkerRequest.Train training = shot.training();
    TrainingOrder order = training.order();
    Path folder = Path.of(shot.checkpoint());
    Checkpoint checkpoint = Checkpoint.read(folder);
    manager = Torch.newManager(Torch.device(order.device()));
    try (Weights used = ModelFolder.readWeights(folder, checkpoint.model(), manager)) {
      weightsHash = used.hash();
    }
    Weights weights = Weights.of(checkpoint.model().layout(), manager, checkpoint.trainedValues());
    steps =
        new ExtraTime(
            checkpoint.model(),
            weights,
            order.settings(),
            RegularizerSetup.of(
                order, Objects.requireNonNull(order.regularizer()), training.rows().read()));
  }

  /** Takes the steps. */
  @Benchmark
  public double stepsWithAndWithout() {
    extraSeconds = steps.ofWholeTraining();
    return extraSeconds;
  }

  /** Passes on the difference, and frees the models. */
  @TearDown(Level.Iteration)
  public void free(IterationParams iteration) throws IOException {
    fork.tell(iteration, shot, new TrialTime(extraSeconds, null, null), weightsHash, null);
    steps.close();
    manager.close();
  }
}
