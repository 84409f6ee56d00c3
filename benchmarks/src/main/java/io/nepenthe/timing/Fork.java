package io.nepenthe.timing;

import io.nepenthe.exchange.TrialTime;
import io.nepenthe.machine.DaemonTimer;
import io.nepenthe.tensor.Torch;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.runner.IterationType;

/** A fork's end of the talk with the judge: what to repeat next, and what came of it. */
final class Fork {
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

  private final OtherLoad others = OtherLoad.start();
  private final Path answers = Path.of(System.getProperty(TimingShots.FORK_SHOTS_PROPERTY));
  private final List<TimingShots.Shot> shots;
  private final Iterator<Integer> warmUps;
  private final Iterator<Integer> measured;

  private Fork(TimingShots asked) {
    this.shots = asked.shots();
    this.warmUps = asked.order().warmUps().iterator();
    this.measured = asked.order().measured().iterator();
  }

  /** Reads what the judge asks for; this process ends when the judge's does. */
  static Fork join() throws IOException {
    ProcessHandle.current()
        .parent()
        .ifPresent(judge -> new DaemonTimer("judge", BETWEEN_LOOKS, () -> endWithout(judge)));
    Torch.useThreads(Integer.getInteger(TimingShots.THREADS_PROPERTY));
    return new Fork(TimingShots.fromProperty());
  }

  private static void endWithout(ProcessHandle judge) {
    if (!judge.isAlive()) {
      Runtime.getRuntime().halt(1);
    }
  }

  /** Returns any of the winners: they differ in seed and setting only. */
  TimingShots.Shot any() {
    return shots.get(0);
  }

  /** Returns the winner to repeat in an iteration. */
  TimingShots.Shot next(IterationParams iteration) {
    return shots.get((isWarmUp(iteration) ? warmUps : measured).next());
  }

  private static boolean isWarmUp(IterationParams iteration) {
    return iteration.getType() == IterationType.WARMUP;
  }

  /** Tells the judge what came of an iteration. */
  void tell(
      IterationParams iteration,
      TimingShots.Shot shot,
      TrialTime time,
      String weightsHash,
      @Nullable Long changedEntries)
      throws IOException {
    new ForkShot(
            shot.trialId(), isWarmUp(iteration), time, weightsHash, changedEntries, others.cores())
        .append(answers);
  }
}
