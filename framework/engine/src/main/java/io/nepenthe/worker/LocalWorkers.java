package io.nepenthe.worker;

import io.nepenthe.exchange.WorkerAnswer;
import io.nepenthe.exchange.WorkerRequest;
import io.nepenthe.plugin.Progress;
import io.nepenthe.provenance.SandboxUse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A fixed number of workers at a time, a new one for each request. Jobs of a lower rank are done
 * first, those of one rank in the order they are given. A job has a {@link Slot} of its own for as
 * long as it runs, and runs on the thread of its worker.
 */
public final class LocalWorkers implements Workers {
  /** To start, and to load a model and its rows; what takes longer says so meanwhile. */
  private static final Duration PREPARATION = Duration.ofMinutes(10);

  private static final Duration INTERRUPTION = Duration.ofMillis(500);

  /** The slot of the job that runs on a thread. */
  private static final ThreadLocal<@Nullable Slot> TAKEN = new ThreadLocal<>();

  /** What is given back when the workers are closed. */
  @FunctionalInterface
  public interface Held {
    /** Gives it back. */
    void close();
  }

  /** Starts workers. */
  @FunctionalInterface
  private interface Start {
    WorkerConnection worker(WorkerRequest request, Slot slot);
  }

  private final Start connections;
  private final Held devices;
  private final ExecutorService threads;
  private final BlockingQueue<Slot> free;
  private final Set<WorkerConnection> alive = ConcurrentHashMap.newKeySet();
  private final AtomicLong submitted = new AtomicLong();
  private final CountDownLatch closing = new CountDownLatch(1);

  /** Makes workers that start when they are first needed. */
  public LocalWorkers(int size, Supplier<WorkerConnection> connections) {
    this(Slot.on("cpu", size, 1, List.of()), (request, slot) -> connections.get(), () -> {});
  }

  private LocalWorkers(List<Slot> slots, Start connections, Held devices) {
    this.connections = connections;
    this.devices = devices;
    this.free = new LinkedBlockingQueue<>(slots);
    this.threads =
        new ThreadPoolExecutor(
            slots.size(),
            slots.size(),
            0,
            TimeUnit.SECONDS,
            new PriorityBlockingQueue<>(),
            job -> {
              Thread thread = new Thread(job, "judge");
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * Returns a number of processes of this machine.
   *
   * @param javaOptions further options of their JVMs
   */
  public static Source processes(int size, List<String> javaOptions) {
    return processes(size, WorkerSettings.uncontained(javaOptions));
  }

  /** Returns a number of processes of this machine, on its processor. */
  public static Source processes(int size, WorkerSettings settings) {
    return processes(
        threads -> Slot.on("cpu", size, threads, List.of()), devices -> () -> {}, settings);
  }

  /**
   * Returns processes of this machine.
   *
   * @param slots where they compute, by the threads that one operator may use
   * @param use takes the devices for as long as it is open
   */
  public static Source processes(
      IntFunction<List<Slot>> slots, Function<List<String>, Held> use, WorkerSettings settings) {
    return new Source() {
      @Override
      public Workers open(int threads, Path folder, Path log) {
        List<Slot> all = slots.apply(threads);
        return new LocalWorkers(
            all,
            (request, slot) -> new WorkerProcess(request, settings, slot, threads, folder, log),
            use.apply(all.stream().map(Slot::device).toList()));
      }

      @Override
      public SandboxUse sandbox() {
        return settings.containment().use();
      }
    };
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

  @Override
  public <T> CompletableFuture<T> submit(int rank, Callable<T> job) {
    CompletableFuture<T> future = new CompletableFuture<>();
    Runnable work =
        () -> {
          Slot slot = Objects.requireNonNull(free.poll(), "more threads than slots");
          TAKEN.set(slot);
          try {
            future.complete(job.call());
          } catch (Throwable e) {
            future.completeExceptionally(e);
          } finally {
            TAKEN.remove();
            free.add(slot);
          }
        };
    threads.execute(new Job(rank, submitted.getAndIncrement(), work));
    return future;
  }

  @Override
  public String device(String asked) {
    Slot slot = TAKEN.get();
    return slot == null || !slot.isGpu() ? asked : slot.device();
  }

  @Override
  public Result ask(
      WorkerRequest request, TimeLimit limit, Progress progress, Conversation conversation)
      throws InterruptedException {
    boolean isTrusted = request.jar().isEmpty();
    WorkerConnection worker = worker(request);
    JudgesClock clock = new JudgesClock();
    worker.send(request);
    boolean begun = false;
    Duration budget = limit.budget();
    long deadline = limit.deadline(PREPARATION);
    try {
      while (true) {
        long left = deadline - System.nanoTime();
        WorkerAnswer answer = left <= 0 ? null : worker.receive(Duration.ofNanos(left));
        if (answer == null && limit.isOver()) {
          return ended(Ending.CUT_OFF, "the time there was is over", begun);
        }
        if (answer == null) {
          return ended(
              Ending.TIMED_OUT,
              begun
                  ? "no result within the budget of " + budget.toSeconds() + " s"
                  : "the worker did not begin within " + PREPARATION.toSeconds() + " s",
              begun);
        }
        if (answer instanceof WorkerAnswer.Begun) {
          if (!begun) {
            deadline = limit.deadline(budget);
            clock.start();
          }
          begun = true;
        } else if (answer instanceof WorkerAnswer.Preparing preparing) {
          conversation.prepares(preparing.with());
          if (isTrusted || !begun) {
            deadline = limit.deadline(begun ? budget : PREPARATION);
          }
        } else if (answer instanceof WorkerAnswer.Progressed progressed) {
          progress.update(progressed.done(), progressed.total());
          deadline = isTrusted ? limit.deadline(budget) : deadline;
        } else if (answer instanceof WorkerAnswer.Localized localized) {
          clock.localized(localized.seconds());
        } else if (answer instanceof WorkerAnswer.Mitigated mitigated) {
          conversation.mitigated(mitigated.in(clock.checked(mitigated.time())));
          clock.release();
          worker.send(new WorkerRequest.Continue());
          deadline = limit.deadline(budget);
        } else if (answer instanceof WorkerAnswer.PointFailed failed) {
          conversation.failed(failed);
          deadline = limit.deadline(budget);
          clock.start();
        } else if (answer instanceof WorkerAnswer.Failed failed) {
          return ended(Ending.FAILED, failed.reason(), begun);
        } else if (answer instanceof WorkerAnswer.Impeded impeded) {
          return ended(Ending.IMPEDED, impeded.reason(), begun);
        } else if (answer instanceof WorkerAnswer.Done done) {
          return new Result(Ending.DONE, "", done.busySeconds(), true);
        }
      }
    } catch (BadAnswerException e) {
      return ended(Ending.BAD_ANSWER, e.getMessage(), true);
    } catch (WorkerDiedException e) {
      if (isClosing(e.ending())) {
        throw interrupted();
      }
      return ended(e.ending(), e.getMessage(), begun);
    } finally {
      end(worker);
    }
  }

  /**
   * Ctrl-C ends every process of a run, and a worker may be gone before this one is told. Only this
   * one knows whether it was meant.
   */
  private boolean isClosing(Ending ending) throws InterruptedException {
    return closing.getCount() == 0
        || (ending == Ending.KILLED
            && closing.await(INTERRUPTION.toMillis(), TimeUnit.MILLISECONDS));
  }

  private static Result ended(Ending ending, String reason, boolean begun) {
    return new Result(ending, reason, 0, begun);
  }

  private WorkerConnection worker(WorkerRequest request) throws InterruptedException {
    Slot slot = Objects.requireNonNull(TAKEN.get(), "asked outside of a job");
    WorkerConnection worker = connections.worker(request, slot);
    alive.add(worker);
    if (closing.getCount() == 0) { // after close() had ended those it saw
      end(worker);
      throw interrupted();
    }
    return worker;
  }

  private static InterruptedException interrupted() {
    return new InterruptedException("interrupted; the same command continues");
  }

  private void end(WorkerConnection worker) {
    worker.close();
    alive.remove(worker);
  }

  @Override
  public void close() {
    closing.countDown();
    threads.shutdownNow();
    alive.forEach(WorkerConnection::close);
    alive.clear();
    devices.close();
  }
}
