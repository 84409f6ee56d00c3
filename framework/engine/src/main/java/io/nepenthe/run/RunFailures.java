package io.nepenthe.run;

import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import java.nio.file.Path;
import java.util.concurrent.ConcurrentLinkedQueue;

/** What kept parts of a run from being done. */
public final class RunFailures {
  private final Path log;
  private final ConcurrentLinkedQueue<Throwable> all = new ConcurrentLinkedQueue<>();

  /**
   * Begins with none.
   *
   * @param log of the workers, where a reader looks next
   */
  public RunFailures(Path log) {
    this.log = log;
  }

  /** Adds one. Thread-safe. */
  public void add(Throwable failure) {
    all.add(failure);
  }

  /** Returns true if the command was told to end. */
  boolean areOfInterruption() {
    return all.stream().anyMatch(InterruptedException.class::isInstance);
  }

  /** Throws what to say of them, if there are any. */
  public void throwIfAny() {
    Throwable first = all.peek();
    if (first != null) {
      throw incomplete(first);
    }
  }

  private NepentheException incomplete(Throwable first) {
    if (areOfInterruption()) {
      return new NepentheException(
          ErrorCode.INTERRUPTED, "interrupted; the same command continues");
    }
    return first instanceof NepentheException known
        ? known
        : new NepentheException(
            ErrorCode.RUN_INCOMPLETE,
            all.size()
                + " part(s) of the run failed, the first: "
                + sentence(first)
                + " See "
                + log
                + "; the same command tries again.",
            first);
  }

  private static String sentence(Throwable failure) {
    String words =
        failure instanceof TrainingRun.FailedException training
            ? training.result().reason()
            : failure.toString();
    return words.endsWith(".") ? words : words + ".";
  }
}
