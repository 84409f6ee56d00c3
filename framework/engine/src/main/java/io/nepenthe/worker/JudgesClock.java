package io.nepenthe.worker;

import io.nepenthe.exchange.TrialTime;
import java.util.function.LongSupplier;

/**
 * Holds the times that a worker says to the clock of the judge, which plugin code cannot reach. A
 * worker measures finer: it leaves out loading, and the handing over of weights. But what it says
 * to have taken cannot be longer than it had, and where it had far longer, the judge's time counts.
 *
 * <p>A busy machine lets the judge read a word later than it was said. So the longest that a worker
 * had is counted from where the judge last kept it waiting, with all that it said since; the
 * shortest from where its last word was read.
 */
final class JudgesClock {
  /** For starting and handing over, with which a method has nothing to do. */
  private static final double SECONDS_LEFT_OUT = 1;

  /** Of what is said, for what a busy machine adds. */
  private static final double SHARE_LEFT_OUT = 0.25;

  /** Clocks of two processes are read at two moments. */
  private static final double SECONDS_OF_READING = 0.05;

  private final LongSupplier nanos;
  private long released;
  private double saidSinceReleased;
  private long since;
  private double localizeSeconds = Double.NaN;
  private double notSaidOfLocalizing;

  JudgesClock() {
    this(System::nanoTime);
  }

  JudgesClock(LongSupplier nanos) {
    this.nanos = nanos;
    release();
  }

  /** The worker, which waits, is about to be let go. */
  void release() {
    released = nanos.getAsLong();
    saidSinceReleased = 0;
    since = released;
  }

  /** The worker has said that it works, or that it is done with a point, and goes on. */
  void start() {
    since = nanos.getAsLong();
  }

  /** Takes down what the localization took that the next points share. */
  void localized(double seconds) {
    if (!Double.isNaN(localizeSeconds)) {
      throw new BadAnswerException("the worker localized twice");
    }
    notSaidOfLocalizing = notSaid(seconds);
    localizeSeconds = seconds;
    start();
  }

  /** Returns the time of a point that was just worked on, made true where it was not. */
  TrialTime checked(TrialTime time) {
    if (!time.isPossible()) {
      return time; // no result: its receiver says so
    }
    Double localize = time.localizeSeconds();
    Double edit = time.editSeconds();
    if (!time.addsUp()) {
      throw new BadAnswerException("the worker says a time that does not add up: " + time);
    }
    if (localize == null || edit == null) {
      return time.plus(0, notSaid(time.seconds()));
    }
    if (!(localize <= localizeSeconds + SECONDS_OF_READING)) {
      throw new BadAnswerException(
          "the worker says that it localized for " + localize + " s, and did not before");
    }
    return time.plus(notSaidOfLocalizing, notSaid(edit));
  }

  /** Returns by how much the time that was said is too short. */
  private double notSaid(double seconds) {
    long now = nanos.getAsLong();
    double mostHad = (now - released) / 1e9 - saidSinceReleased;
    if (!(seconds >= 0) || seconds > mostHad + SECONDS_OF_READING) {
      throw new BadAnswerException(
          "the worker says that it worked %s s, and had %.3f s".formatted(seconds, mostHad));
    }
    saidSinceReleased += seconds;
    double more = (now - since) / 1e9 - seconds;
    return more > SECONDS_LEFT_OUT + SHARE_LEFT_OUT * seconds ? more : 0;
  }
}
