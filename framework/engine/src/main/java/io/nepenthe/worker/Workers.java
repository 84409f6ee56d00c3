package io.nepenthe.worker;

import io.nepenthe.exchange.WorkerAnswer;
import io.nepenthe.exchange.WorkerRequest;
import io.nepenthe.machine.Room;
import io.nepenthe.plugin.Progress;
import io.nepenthe.provenance.SandboxUse;
import io.nepenthe.sandbox.Containment;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;

/**
 * Where plugin code runs: the port between the judge, which queues jobs and asks within them, and
 * whatever computes. {@link LocalWorkers} are processes of this machine; others may be anywhere
 * that sees the files a request names, since a request says all there is to know.
 */
public interface Workers extends AutoCloseable {
  /** Starts the workers of a run. */
  @FunctionalInterface
  interface Source {
    /**
     * Starts them, or prepares to.
     *
     * @param threads threads one operator may use
     * @param folder of the run: what they write lies below it
     * @param log file for what they print
     */
    Workers open(int threads, Path folder, Path log);

    /** Returns what keeps those with plugin code from the rest of the machine. */
    default SandboxUse sandbox() {
      return Containment.OFF.use();
    }
  }

  /** Answers of a worker to one request. */
  interface Conversation {
    /**
     * A mitigated model lies in the folder; the worker waits until this returns.
     *
     * @throws BadAnswerException if that was not asked
     */
    void mitigated(WorkerAnswer.Mitigated answer);

    /**
     * A grid point failed.
     *
     * @throws BadAnswerException if it was not asked for
     */
    void failed(WorkerAnswer.PointFailed answer);

    /**
     * The work has not begun: the worker does something before it, or waits for another process.
     *
     * @param with what it does or waits for, in words
     */
    void prepares(String with);
  }

  /** How a request ended. */
  enum Ending {
    /** The worker did all of it. */
    DONE,
    /** The worker said that it could not. */
    FAILED,
    /** The worker answered what it was not asked. */
    BAD_ANSWER,
    /**
     * The machine did not let the worker, as that says: no room on a disk, no memory, no open files
     * left. Code that runs in a worker can say so, too.
     */
    IMPEDED(3),
    /** The worker's process ended itself, or answered what no worker does. */
    DIED,
    /** The worker's process crashed. */
    CRASHED(2),
    /** Someone else ended the worker's process: the system, short of memory, or a person. */
    KILLED(10),
    /** No answer within the budget. */
    TIMED_OUT,
    /** All the time there was is over: that says nothing against what it was at. */
    CUT_OFF;

    private final int tries;

    Ending() {
      this(1);
    }

    Ending(int tries) {
      this.tries = tries;
    }

    /** Returns how often in a row a request may end so before that speaks against it. */
    public int tries() {
      return tries;
    }
  }

  /**
   * How a request ended, and why.
   *
   * @param ending how
   * @param reason one line, empty if done
   * @param busySeconds how long the worker trained or ran a method's code, as far as it said
   * @param begun whether the method's code, or the training, had begun
   */
  record Result(Ending ending, String reason, double busySeconds, boolean begun) {}

  /**
   * Queues a job; within it, {@link #ask} talks to a worker, and the job's own measuring keeps that
   * worker waiting, so that no more computes at once than there are workers.
   *
   * @param rank jobs of a lower one go first
   */
  <T> CompletableFuture<T> submit(int rank, Callable<T> job);

  /**
   * Returns what this process calls the device that the worker of the running job computes on:
   * where it measures, so that no two jobs share one that has room for one.
   *
   * @param asked what the suite calls it
   */
  default String device(String asked) {
    return asked;
  }

  /**
   * Sends a request to a worker of its own and follows it to its end, which is the worker's too.
   */
  Result ask(WorkerRequest request, TimeLimit limit, Progress progress, Conversation conversation)
      throws InterruptedException;

  /** Returns true if a file of so many bytes can be written into a folder that workers write to. */
  default boolean hasRoom(Path folder, long bytes) {
    return Room.isIn(folder, bytes);
  }

  /** Ends every worker at once; jobs not yet begun are dropped. */
  @Override
  void close();
}
