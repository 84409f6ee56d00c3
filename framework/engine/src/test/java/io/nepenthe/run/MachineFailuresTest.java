package io.nepenthe.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nepenthe.exchange.WorkerAnswer;
import io.nepenthe.exchange.WorkerRequest;
import io.nepenthe.plugin.Progress;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import io.nepenthe.runstore.TrialOutcome;
import io.nepenthe.runstore.TrialResult;
import io.nepenthe.suite.Suite;
import io.nepenthe.worker.InProcessWorker;
import io.nepenthe.worker.LocalWorkers;
import io.nepenthe.worker.TimeLimit;
import io.nepenthe.worker.WorkerConnection;
import io.nepenthe.worker.WorkerDiedException;
import io.nepenthe.worker.Workers;
import io.nepenthe.worker.Workers.Ending;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs on a machine that fails: what it did to a trial is no result of the method. */
class MachineFailuresTest {
  private static final String FADES = "fades";
  private static final String SHRINKS = "shrinks";
  private static final WorkerAnswer BEGUN = new WorkerAnswer.Begun();

  @TempDir private static Path cache;
  @TempDir private Path folder;
  private final Queue<Trouble> troubles = new ArrayDeque<>();
  private final List<Duration> budgets = new CopyOnWriteArrayList<>();
  private boolean isFull;
  private boolean exchangesRows;

  private void shrinks(double... strengths) {
    TestMethods.jar(folder.resolve("plugins"), SHRINKS, TestMethods.Shrinks.class, strengths);
  }

  /** Of a strength of its own, it is not in the cache that these tests share. */
  private void fades(double strength) {
    TestMethods.jar(folder.resolve("plugins"), FADES, TestMethods.Fades.class, strength);
  }

  /** What the next request of a kind gets in place of a worker's answers. */
  private record Trouble(
      Predicate<WorkerRequest> of, Queue<WorkerAnswer> answers, @Nullable Ending death) {}

  private final class UnluckyWorker implements WorkerConnection {
    private final WorkerConnection worker = new InProcessWorker();
    private @Nullable Trouble now;

    @Override
    public void send(WorkerRequest request) {
      if (!troubles.isEmpty() && troubles.peek().of().test(request)) {
        now = troubles.poll();
      } else {
        now = null;
        if (exchangesRows && request instanceof WorkerRequest.Mitigate mitigate) {
          exchangesRows = false;
          exchange(Path.of(mitigate.job().rows().path()));
        }
        worker.send(request);
      }
    }

    @Override
    public @Nullable WorkerAnswer receive(Duration timeout)
        throws InterruptedException, WorkerDiedException {
      if (now == null) {
        return worker.receive(timeout);
      }
      if (now.answers().isEmpty() && now.death() == null) {
        return null; // until its time is over
      }
      if (now.answers().isEmpty()) {
        throw new WorkerDiedException("ended by " + now.death(), now.death());
      }
      return now.answers().poll();
    }

    @Override
    public void close() {
      worker.close();
    }
  }

  /** Writes other rows in place of those that were handed over. */
  private static void exchange(Path rows) {
    try {
      byte[] bytes = Files.readAllBytes(rows);
      bytes[bytes.length - 1] ^= 1;
      Files.write(rows, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isMitigation(WorkerRequest request) {
    return request instanceof WorkerRequest.Mitigate;
  }

  private static boolean isHooked(WorkerRequest request) {
    return request instanceof WorkerRequest.Train train && train.order().regularizer() != null;
  }

  private void trouble(
      Predicate<WorkerRequest> of, @Nullable Ending death, WorkerAnswer... answers) {
    troubles.add(new Trouble(of, new ArrayDeque<>(List.of(answers)), death));
  }

  private static WorkerAnswer impeded(String why) {
    return new WorkerAnswer.Impeded(why);
  }

  /** Workers on a machine whose disks are full, or are not. */
  private record OnFullDisk(Workers workers, BooleanSupplier isFull, List<Duration> budgets)
      implements Workers {
    @Override
    public <T> CompletableFuture<T> submit(int rank, Callable<T> job) {
      return workers.submit(rank, job);
    }

    @Override
    public Result ask(
        WorkerRequest request, TimeLimit limit, Progress progress, Conversation conversation)
        throws InterruptedException {
      if (isHooked(request)) {
        budgets.add(limit.budget());
      }
      return workers.ask(request, limit, progress, conversation);
    }

    @Override
    public boolean hasRoom(Path place, long bytes) {
      assertTrue(bytes > 0 && Files.isDirectory(place), place.toString());
      return !isFull.getAsBoolean();
    }

    @Override
    public void close() {
      workers.close();
    }
  }

  private Listener run(String method) {
    Suite suite = TinySuite.suite(List.of(0L), 60, method);
    Listener listener = new Listener();
    RunSettings settings =
        new RunSettings(
            folder.resolve("out"),
            cache,
            folder,
            (threads, place, log) ->
                new OnFullDisk(new LocalWorkers(1, UnluckyWorker::new), () -> isFull, budgets),
            false);
    TinySuite.prepared(suite, folder.resolve("plugins"), settings, listener).execute();
    return listener;
  }

  private List<TrialOutcome> outcomes() {
    return TinySuite.trials(folder.resolve("out")).values().stream()
        .map(TrialResult::outcome)
        .toList();
  }

  private void isNoResultAndIsDoneByTheSameCommand(String method, String reason) {
    NepentheException e = assertThrows(NepentheException.class, () -> run(method));
    assertEquals(ErrorCode.RUN_INCOMPLETE, e.code());
    assertTrue(e.getMessage().startsWith(method + ": " + reason), e.getMessage());
    assertTrue(e.getMessage().contains("the same command tries again"), e.getMessage());
    assertEquals(1, e.getMessage().lines().count());
    assertEquals(List.of(), outcomes());
    isFull = false;
    assertEquals(List.of(), run(method).warnings());
    assertEquals(List.of(new TrialOutcome.Valid()), outcomes());
  }

  @Test
  void aFullDiskIsNoResultOfAMethod() {
    shrinks(0.5);
    String full = "model.safetensors: No space left on device";
    isFull = true;
    trouble(MachineFailuresTest::isMitigation, null, BEGUN, impeded(full));
    isNoResultAndIsDoneByTheSameCommand(SHRINKS, full + ".");
  }

  @Test
  void aFullDiskIsNoResultOfARegularizer() {
    fades(0.01);
    isFull = true;
    trouble(MachineFailuresTest::isHooked, null, BEGUN, impeded("it is full"));
    isNoResultAndIsDoneByTheSameCommand(FADES, "it is full.");
  }

  @Test
  void otherRowsThanThoseHandedOverAreNoResultOfAMethod() {
    shrinks(0.5);
    exchangesRows = true;
    isNoResultAndIsDoneByTheSameCommand(SHRINKS, "the rows in ");
  }

  @Test
  void aWorkerThatCannotStartIsNoResultOfAMethod() {
    shrinks(0.5);
    trouble(MachineFailuresTest::isMitigation, Ending.DIED);
    isNoResultAndIsDoneByTheSameCommand(SHRINKS, "ended by DIED.");
  }

  @Test
  void aWorkerThatIsEndedFromOutsideIsReplaced() {
    shrinks(0.5);
    trouble(MachineFailuresTest::isMitigation, Ending.CRASHED, BEGUN);
    trouble(MachineFailuresTest::isMitigation, Ending.KILLED);
    trouble(MachineFailuresTest::isMitigation, Ending.KILLED, BEGUN);
    List<String> warnings = run(SHRINKS).warnings();
    assertEquals(3, warnings.size(), warnings.toString());
    assertEquals(List.of(new TrialOutcome.Valid()), outcomes());
  }

  /** As a method does that ends its process by exit code 130, or eats all memory. */
  @Test
  void aMethodWhoseWorkersAreEndedAgainAndAgainHasFailed() {
    shrinks(0.5);
    for (int i = 0; i < Ending.KILLED.tries(); i++) {
      trouble(MachineFailuresTest::isMitigation, Ending.KILLED, BEGUN);
    }
    run(SHRINKS);
    assertEquals(List.of(new TrialOutcome.Failed("ended by KILLED")), outcomes());
  }

  /** What passes is waited out. */
  @Test
  void whatTheMachineLacksIsAskedForAgain() {
    shrinks(0.5);
    trouble(MachineFailuresTest::isMitigation, null, BEGUN, impeded("Cannot allocate memory"));
    assertEquals(
        List.of("tiny-noise seed 0 shrinks: Cannot allocate memory; again"),
        run(SHRINKS).warnings());
    assertEquals(List.of(new TrialOutcome.Valid()), outcomes());
  }

  /** A method can throw what looks as if Java or libtorch had thrown it. */
  @Test
  void whoSaysAgainAndAgainThatTheMachineLacksWhatItHasHasFailed() {
    shrinks(0.5);
    fades(0.03);
    for (int i = 0; i < Ending.IMPEDED.tries(); i++) {
      trouble(MachineFailuresTest::isMitigation, null, BEGUN, impeded("No space left on device"));
    }
    List<String> warnings = run(SHRINKS).warnings();
    assertEquals(
        "trial failed: tiny-noise seed 0, shrinks {strength=0.5}: No space left on device",
        warnings.get(warnings.size() - 1));
    for (int i = 0; i < Ending.IMPEDED.tries(); i++) {
      trouble(MachineFailuresTest::isHooked, null, BEGUN, impeded("Too many open files"));
    }
    run(FADES);
    assertEquals(
        Set.of(
            new TrialOutcome.Failed("No space left on device"),
            new TrialOutcome.Failed("Too many open files")),
        Set.copyOf(outcomes()));
  }

  /** That of a trial, and a plain training's time ten times. */
  @Test
  void aTrainingThatAMethodNeverEndsIsOverWithItsBudget() {
    fades(0.04);
    trouble(MachineFailuresTest::isHooked, null, BEGUN);
    run(FADES);
    Duration budget = budgets.get(0);
    assertEquals(
        List.of(
            new TrialOutcome.TimedOut(
                "no result within the budget of " + budget.toSeconds() + " s")),
        outcomes());
    assertTrue(budget.compareTo(Duration.ofSeconds(60)) > 0, budget.toString());
    assertTrue(budget.compareTo(Duration.ofMinutes(30)) < 0, budget.toString());
  }

  @Test
  void anAnswerThatNobodyAskedForFailsThePoint() {
    shrinks(0.5);
    WorkerAnswer unasked = new WorkerAnswer.PointFailed(999, "of nothing");
    trouble(MachineFailuresTest::isMitigation, null, BEGUN, unasked);
    run(SHRINKS);
    assertEquals(
        List.of(new TrialOutcome.Failed("the worker answered what it was not asked: point 999")),
        outcomes());
  }

  @Test
  void beingDoneWithoutAnAnswerFailsThePoint() {
    shrinks(0.5);
    trouble(MachineFailuresTest::isMitigation, null, BEGUN, new WorkerAnswer.Done(0));
    run(SHRINKS);
    assertEquals(
        List.of(new TrialOutcome.Failed("the worker was done without a result")), outcomes());
  }

  @Test
  void afterAnAnswerOnlyThePointThatAWorkerWasAtHasFailed() {
    shrinks(0.5, 0.6, 0.7);
    WorkerAnswer first = new WorkerAnswer.PointFailed(0, "the first");
    trouble(MachineFailuresTest::isMitigation, Ending.CRASHED, BEGUN, first);
    trouble(MachineFailuresTest::isMitigation, Ending.CRASHED, BEGUN);
    run(SHRINKS);
    assertEquals(
        Set.of(
            new TrialOutcome.Failed("the first"),
            new TrialOutcome.Failed("ended by CRASHED"),
            new TrialOutcome.Valid()),
        Set.copyOf(outcomes()));
  }

  @Test
  void whatAWorkerWaitsForIsSaidOnce() {
    fades(0.02);
    WorkerAnswer waits = new WorkerAnswer.Preparing("waiting for another process");
    WorkerAnswer end = new WorkerAnswer.Failed("x");
    trouble(MachineFailuresTest::isHooked, null, BEGUN, waits, waits, waits, end);
    List<String> warnings = run(FADES).warnings();
    assertEquals(
        1,
        warnings.stream().filter(line -> line.endsWith("waiting for another process")).count(),
        warnings.toString());
  }
}
