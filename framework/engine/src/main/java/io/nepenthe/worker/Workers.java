package io.nepenthe.worker;

import io.nepenthe.plugin.Progress;
import java.nio.file.Path;
import java.time.Duration;
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
     * @param log file for what they print
     */
    Workers open(int threads, Path log);
  }

  /** Answers of a worker to one request. */
  interface Conversation {
    /** A mitigated model lies in the folder; the worker waits until this returns. */
    void mitigated(WorkerAnswer.Mitigated answer);

    /** A grid point failed. */
    void failed(WorkerAnswer.PointFailed answer);
  }

  /** How a request ended. */
  enum Ending {
    /** The worker did all of it. */
    DONE,
    /** The worker said that it could not. */
    FAILED,
    /** The worker's process ended. */
    DIED,
    /** Someone else ended the worker's process: the system, short of memory, or a person. */
    KILLED,
    /** No answer within the budget. */
    TIMED_OUT
  }

  /**
   * How a request ended, and why.
   *
   * @param ending how
   * @param reason one line, empty if done
   * @param busySeconds how long the worker trained or ran a method's code, as far as it said
   */
  record Result(Ending ending, String reason, double busySeconds) {}

  /**
   * Queues a job; within it, {@link #ask} talks to a worker, and the job's own measuring keeps that
   * worker waiting, so that no more computes at once than there are workers.
   *
   * @param rank jobs of a lower one go first
   */
  <T> CompletableFuture<T> submit(int rank, Callable<T> job);

  /**
   * Sends a request to this job's worker and follows it to its end.
   *
   * @param budget longest time without an answer; for mitigations progress does not count as one
   */
  Result ask(WorkerRequest request, Duration budget, Progress progress, Conversation conversation)
      throws InterruptedException;

  /** Ends every worker at once; jobs not yet begun are dropped. */
  @Override
  void close();
}
