package io.nepenthe.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nepenthe.exchange.RowsFile;
import io.nepenthe.exchange.TrialTime;
import io.nepenthe.exchange.WorkerAnswer;
import io.nepenthe.exchange.WorkerRequest;
import io.nepenthe.plugin.Progress;
import io.nepenthe.tensor.FloatType;
import io.nepenthe.worker.Workers.Ending;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LocalWorkersTest {
  private static final WorkerAnswer BEGUN = new WorkerAnswer.Begun();
  private static final WorkerAnswer DONE = new WorkerAnswer.Done(2.5);
  private static final WorkerAnswer MITIGATED =
      new WorkerAnswer.Mitigated(0, new TrialTime(0, null, null), null, null);
  private static final Duration AMPLE = Duration.ofSeconds(30);

  private final List<Scripted> started = new ArrayList<>();
  private final Queue<WorkerAnswer> script = new ArrayDeque<>();
  private final List<String> heard = Collections.synchronizedList(new ArrayList<>());
  private @Nullable WorkerDiedException death;
  private @Nullable WorkerAnswer chatter;
  private boolean judgeDies;
  private boolean badAnswer;
  private final LocalWorkers workers = new LocalWorkers(1, this::connection);

  @AfterEach
  void close() {
    workers.close();
  }

  private WorkerConnection connection() {
    Scripted next = new Scripted();
    started.add(next);
    return next;
  }

  /** Says what the test's script says, then nothing until the time is over, or dies. */
  private final class Scripted implements WorkerConnection {
    private boolean alive = true;

    @Override
    public void send(WorkerRequest request) {
      heard.add(request.getClass().getSimpleName());
    }

    @Override
    public @Nullable WorkerAnswer receive(Duration timeout) throws WorkerDiedException {
      if (script.isEmpty() && death != null) {
        throw death;
      }
      return script.isEmpty() ? chatter : script.poll();
    }

    boolean isAlive() {
      return alive;
    }

    @Override
    public void close() {
      alive = false;
    }
  }

  private final Workers.Conversation conversation =
      new Workers.Conversation() {
        @Override
        public void mitigated(WorkerAnswer.Mitigated answer) {
          if (judgeDies) {
            throw new OutOfMemoryError("the judge has no memory left");
          }
          if (badAnswer) {
            throw new BadAnswerException("point 0 of 0");
          }
          heard.add("point " + answer.point());
        }

        @Override
        public void failed(WorkerAnswer.PointFailed answer) {
          throw new IllegalStateException(answer.reason());
        }

        @Override
        public void prepares(String with) {
          heard.add(with);
        }
      };

  private Workers.Result ask() throws InterruptedException, ExecutionException {
    return ask(() -> {});
  }

  private Workers.Result ask(Runnable before) throws InterruptedException, ExecutionException {
    return workers
        .submit(
            0,
            () -> {
              before.run();
              return workers.ask(
                  new WorkerRequest.Continue(), TimeLimit.of(AMPLE), Progress.SILENT, conversation);
            })
        .get();
  }

  @Test
  void aRequestIsCutOffWhereAllTheTimeIsOverAndKeepsWhatWasAnswered() throws Exception {
    script.addAll(List.of(BEGUN, MITIGATED));
    long over = System.nanoTime() + Duration.ofMillis(200).toNanos();
    TimeLimit limit = new TimeLimit(AMPLE, OptionalLong.of(over));
    chatter = new WorkerAnswer.Progressed(1, 2);
    Workers.Result result =
        workers
            .submit(
                0,
                () ->
                    workers.ask(new WorkerRequest.Continue(), limit, Progress.SILENT, conversation))
            .get();
    assertEquals(Ending.CUT_OFF, result.ending());
    assertTrue(System.nanoTime() - over >= 0);
    assertTrue(heard.contains("point 0"), heard.toString());
  }

  @Test
  void everyRequestHasAWorkerOfItsOwn() throws Exception {
    script.addAll(List.of(new WorkerAnswer.Progressed(1, 2), DONE, DONE));
    assertEquals(new Workers.Result(Ending.DONE, "", 2.5, true), ask());
    assertTrue(!started.get(0).isAlive());
    ask();
    assertEquals(2, started.size());
  }

  @Test
  void aWorkerWaitsUntilItsModelWasTaken() throws Exception {
    script.addAll(List.of(MITIGATED, DONE));
    ask();
    assertEquals(List.of("Continue", "point 0", "Continue"), heard);
  }

  /** 3 s of work, said to be none: what the judge's clock says counts. */
  @Test
  void aTimeThatIsTooShortIsTheJudges() {
    long[] now = {0};
    JudgesClock clock = new JudgesClock(() -> now[0]);
    now[0] += 3_000_000_000L;
    assertEquals(new TrialTime(3, null, null), clock.checked(new TrialTime(1e-9, null, null)));
    clock.start();
    now[0] += 3_900_000_000L;
    TrialTime said = new TrialTime(3, null, null, 12.0);
    assertEquals(said, clock.checked(said), "loading and handing over are left out");
  }

  @Test
  void whatPointsShareIsHeldToTheJudgesClockToo() {
    long[] now = {0};
    JudgesClock clock = new JudgesClock(() -> now[0]);
    now[0] += 5_000_000_000L;
    clock.localized(0);
    now[0] += 2_000_000_000L;
    TrialTime first = clock.checked(new TrialTime(2, 0.0, 2.0));
    clock.start();
    TrialTime second = clock.checked(new TrialTime(0, 0.0, 0.0));
    assertEquals(
        List.of(7.0, 5.0, 2.0),
        List.of(first.seconds(), first.localizeSeconds(), first.editSeconds()));
    assertEquals(
        List.of(5.0, 5.0, 0.0),
        List.of(second.seconds(), second.localizeSeconds(), second.editSeconds()));
    assertThrows(BadAnswerException.class, () -> clock.localized(0));
  }

  @Test
  void aWordThatABusyJudgeReadsLateIsNoLie() {
    long[] now = {0};
    JudgesClock clock = new JudgesClock(() -> now[0]);
    now[0] += 500_000_000L;
    clock.start(); // said 0.4 s before
    now[0] += 100_000_000L;
    clock.localized(0.3);
    now[0] += 100_000_000L;
    TrialTime said = new TrialTime(0.6, 0.3, 0.3);
    assertEquals(said, clock.checked(said));
    assertThrows(
        BadAnswerException.class,
        () -> clock.checked(said),
        "two times of 0.3 s and one more are not in 0.7 s");
    clock.release();
    now[0] += 200_000_000L;
    assertThrows(BadAnswerException.class, () -> clock.checked(said), "it had waited");
  }

  @Test
  void aTimeLongerThanTheWorkerHadIsNotBelieved() throws Exception {
    script.addAll(
        List.of(BEGUN, new WorkerAnswer.Mitigated(0, new TrialTime(3600, null, null), null, null)));
    Workers.Result result = ask();
    assertEquals(Ending.BAD_ANSWER, result.ending());
    assertTrue(result.reason().startsWith("the worker says that it worked 3600.0 s, and had 0.0"));
    assertTrue(heard.stream().noneMatch(line -> line.startsWith("point")));
    assertThrows(
        BadAnswerException.class,
        () -> new JudgesClock().checked(new TrialTime(1, 1.0, 0.0)),
        "it never said that it localized");
  }

  @Test
  void noWordOfAMethodRenewsItsBudget() throws Exception {
    WorkerRequest ofAMethod =
        new WorkerRequest.Mitigate(
            new WorkerRequest.MitigationJob(
                "",
                "",
                Map.of(),
                true,
                null,
                new RowsFile("", 0, ""),
                Set.of(),
                0,
                1,
                "cpu",
                FloatType.FLOAT32,
                "a.jar",
                "",
                List.of()),
            "");
    for (WorkerAnswer word :
        List.of(BEGUN, new WorkerAnswer.Progressed(1, 2), new WorkerAnswer.Preparing("waiting"))) {
      chatter = word;
      script.add(BEGUN);
      TimeLimit limit = TimeLimit.of(Duration.ofMillis(20));
      Workers.Result result =
          workers
              .submit(0, () -> workers.ask(ofAMethod, limit, Progress.SILENT, conversation))
              .get();
      assertEquals("no result within the budget of 0 s", result.reason());
    }
  }

  @Test
  void silenceEndsTheWorker() throws Exception {
    script.add(BEGUN);
    Workers.Result result = ask();
    assertEquals(Ending.TIMED_OUT, result.ending());
    assertEquals("no result within the budget of 30 s", result.reason());
    assertTrue(result.begun());
    assertTrue(!started.get(0).isAlive());
  }

  @Test
  void aRequestThatFailedEndsTheWorker() throws Exception {
    script.addAll(List.of(BEGUN, new WorkerAnswer.Failed("no such jar")));
    assertEquals(new Workers.Result(Ending.FAILED, "no such jar", 0, true), ask());
    assertTrue(!started.get(0).isAlive());
  }

  /** A method that ends its process as Ctrl-C would is not the user. */
  @Test
  void noSignalOfAWorkerInterruptsTheRun() throws Exception {
    for (int code : List.of(7, 129, 130, 134, 137, 143)) {
      script.add(BEGUN);
      death = WorkerDiedException.of(code);
      assertEquals(
          new Workers.Result(death.ending(), death.getMessage(), 0, true), ask(), "code " + code);
    }
  }

  @Test
  void aWorkerThatIsGoneAsTheRunIsToldToEndSaysNothing() {
    death = WorkerDiedException.of(130);
    new Thread(
            () -> {
              try {
                Thread.sleep(50);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              workers.close();
            })
        .start();
    ExecutionException interrupted = assertThrows(ExecutionException.class, this::ask);
    assertTrue(interrupted.getCause() instanceof InterruptedException);
  }

  @Test
  void whatEndsAWorkerBeforeTheMethodBeginsIsTheMachines() throws Exception {
    death = WorkerDiedException.of(1);
    assertFalse(ask().begun());
    death = null;
    script.add(new WorkerAnswer.Failed("no such model"));
    assertFalse(ask().begun());
    assertEquals("the worker did not begin within 600 s", ask().reason());
    script.addAll(List.of(BEGUN, new WorkerAnswer.Impeded("No space left on device")));
    assertEquals(new Workers.Result(Ending.IMPEDED, "No space left on device", 0, true), ask());
    assertTrue(started.stream().noneMatch(Scripted::isAlive));
  }

  @Test
  void whatAWorkerDoesBeforeIsPassedOn() throws Exception {
    script.addAll(List.of(new WorkerAnswer.Preparing("waiting for another"), BEGUN, DONE));
    ask();
    assertEquals(List.of("Continue", "waiting for another"), heard);
  }

  @Test
  void aBadAnswerEndsTheWorker() throws Exception {
    badAnswer = true;
    script.addAll(List.of(BEGUN, MITIGATED));
    assertEquals(new Workers.Result(Ending.BAD_ANSWER, "point 0 of 0", 0, true), ask());
    assertTrue(!started.get(0).isAlive());
  }

  @Test
  void aJudgeThatFailsEndsTheWorkerThatWaitsForIt() {
    script.add(new WorkerAnswer.PointFailed(0, "the judge fails here"));
    ExecutionException failure = assertThrows(ExecutionException.class, this::ask);
    assertEquals("the judge fails here", failure.getCause().getMessage());
    assertTrue(!started.get(0).isAlive());
  }

  @Test
  void anErrorOfTheJudgeEndsTheWorkerThatWaitsForIt() {
    judgeDies = true;
    script.add(MITIGATED);
    ExecutionException failure = assertThrows(ExecutionException.class, this::ask);
    assertTrue(failure.getCause() instanceof OutOfMemoryError);
    assertTrue(!started.get(0).isAlive());
  }

  @Test
  void noWorkerOutlivesTheirClosing() {
    ExecutionException failure = assertThrows(ExecutionException.class, () -> ask(workers::close));
    assertTrue(failure.getCause() instanceof InterruptedException);
    assertTrue(started.stream().noneMatch(Scripted::isAlive));
  }

  @Test
  void jobsOfALowerRankGoFirst() throws Exception {
    CountDownLatch queued = new CountDownLatch(1);
    var blocker =
        workers.submit(
            0,
            () -> {
              queued.await();
              return "";
            });
    var last = workers.submit(2, () -> heard.add("later"));
    var first = workers.submit(1, () -> heard.add("sooner"));
    queued.countDown();
    blocker.get();
    first.get();
    last.get();
    assertEquals(List.of("sooner", "later"), heard);
  }
}
