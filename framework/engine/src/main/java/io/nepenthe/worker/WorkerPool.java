package io.nepenthe.worker;

import io.nepenthe.plugin.Progress;
import io.nepenthe.worker.WorkerProcess.WorkerDiedException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A fixed number of workers, each reused while healthy. Jobs of a lower rank are done first, those
 * of one rank in the order they are given; a job's measuring happens on the job's thread while its
 * worker waits, so that never more than this many things compute at once.
 */
public final class WorkerPool implements AutoCloseable {
  private final WorkerProcess.Settings settings;
  private final ExecutorService threads;
  private final Set<WorkerProcess> alive = ConcurrentHashMap.newKeySet();
  private final AtomicLong submitted = new AtomicLong();
  private volatile boolean closing;
  private final ThreadLocal<Slot> slot = ThreadLocal.withInitial(Slot::new);

  /** Makes a pool; workers start when they are first needed. */
  public WorkerPool(int size, WorkerProcess.Settings settings) {
    this.settings = settings;
    this.threads =
        new ThreadPoolExecutor(
            size,
            size,
            0,
            TimeUnit.SECONDS,
            new PriorityBlockingQueue<>(),
            job -> {
              Thread thread = new Thread(job, "judge");
              thread.setDaemon(true);
              return thread;
            });
  }

  private record Job(int rank, long number, Runnable work) implements Runnable, Comparable<Job> {
    @Override
    public void run() {
      work.run();
    }

    @Override
    public int compareTo(Job other) {
      return rank == other.rank
          ? Long.compare(number, other.number)
          : Integer.compare(rank, other.rank);
    }
  }

  private static final class Slot {
    private WorkerProcess worker;
  }

  /** Answers of a worker to one request. */
  public interface Conversation {
    /** A mitigated model lies in the folder; the worker waits until this returns. */
    void mitigated(WorkerAnswer.Mitigated answer);

    /** A grid point failed. */
    void failed(WorkerAnswer.PointFailed answer);
  }

  /** How a request ended. */
  public enum Ending {
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
  public record Result(Ending ending, String reason, double busySeconds) {
    private static Result of(Ending ending, String reason) {
      return new Result(ending, reason, 0);
    }
  }

  /**
   * Queues a job; within it, {@link #ask} talks to a worker.
   *
   * @param rank jobs of a lower one go first
   */
  public <T> CompletableFuture<T> submit(int rank, Callable<T> job) {
    CompletableFuture<T> future = new CompletableFuture<>();
    Runnable work =
        () -> {
          try {
            future.complete(job.call());
          } catch (Throwable e) {
            future.completeExceptionally(e);
          }
        };
    threads.execute(new Job(rank, submitted.getAndIncrement(), work));
    return future;
  }

  /**
   * Sends a request to this thread's worker and follows it to its end.
   *
   * @param budget longest time without an answer; for mitigations progress does not count as one
   */
  public Result ask(
      WorkerRequest request, Duration budget, Progress progress, Conversation conversation)
      throws InterruptedException {
    boolean progressCounts = request instanceof WorkerRequest.Train;
    WorkerProcess worker = worker();
    worker.send(request);
    long deadline = System.nanoTime() + budget.toNanos();
    try {
      while (true) {
        long left = deadline - System.nanoTime();
        WorkerAnswer answer = left <= 0 ? null : worker.receive(Duration.ofNanos(left));
        if (answer == null) {
          end(worker);
          return Result.of(
              Ending.TIMED_OUT, "no result within the budget of " + budget.toSeconds() + " s");
        }
        if (answer instanceof WorkerAnswer.Progressed progressed) {
          progress.update(progressed.done(), progressed.total());
          deadline = progressCounts ? System.nanoTime() + budget.toNanos() : deadline;
        } else if (answer instanceof WorkerAnswer.Mitigated mitigated) {
          conversation.mitigated(mitigated);
          worker.send(new WorkerRequest.Continue());
          deadline = System.nanoTime() + budget.toNanos();
        } else if (answer instanceof WorkerAnswer.PointFailed failed) {
          conversation.failed(failed);
          deadline = System.nanoTime() + budget.toNanos();
        } else if (answer instanceof WorkerAnswer.Failed failed) {
          end(worker);
          return Result.of(Ending.FAILED, failed.reason());
        } else if (answer instanceof WorkerAnswer.Done done) {
          if (!done.healthy()) {
            end(worker);
          }
          return new Result(Ending.DONE, "", done.busySeconds());
        }
      }
    } catch (WorkerDiedException e) {
      end(worker);
      if (closing || e.wasInterrupted()) {
        throw new InterruptedException("interrupted; the same command continues");
      }
      return Result.of(e.wasKilled() ? Ending.KILLED : Ending.DIED, e.getMessage());
    } catch (RuntimeException e) {
      end(worker); // it still waits for an answer to an answer
      throw e;
    }
  }

  private WorkerProcess worker() {
    Slot mine = slot.get();
    if (mine.worker == null || !mine.worker.isAlive()) {
      mine.worker = new WorkerProcess(settings);
      alive.add(mine.worker);
    }
    return mine.worker;
  }

  private void end(WorkerProcess worker) {
    worker.close();
    alive.remove(worker);
  }

  /** Ends every worker at once; jobs not yet begun are dropped. */
  @Override
  public void close() {
    closing = true;
    threads.shutdownNow();
    alive.forEach(WorkerProcess::close);
    alive.clear();
  }
}
