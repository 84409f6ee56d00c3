package io.nepenthe.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nepenthe.exchange.WorkerAnswer;
import io.nepenthe.exchange.WorkerRequest;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import io.nepenthe.runstore.OriginalResult;
import io.nepenthe.runstore.RunStore;
import io.nepenthe.suite.Suite;
import io.nepenthe.suite.TaskSpec;
import io.nepenthe.summary.RunReader;
import io.nepenthe.summary.StoredRun;
import io.nepenthe.summary.SummaryRow;
import io.nepenthe.task.math.Artifact;
import io.nepenthe.task.math.MathDataSpec;
import io.nepenthe.task.math.MathFamily;
import io.nepenthe.worker.InProcessWorker;
import io.nepenthe.worker.LocalWorkers;
import io.nepenthe.worker.WorkerConnection;
import io.nepenthe.worker.WorkerDiedException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** A suite is run, edited, and run again into the same folder; each edit follows the one before. */
@TestMethodOrder(MethodOrderer.MethodName.class)
class EditedSuiteTest {
  private static final String METHOD = "shrinks";

  @TempDir private static Path folder;
  private static Path plugins;

  @BeforeAll
  static void runTheFirst() {
    plugins = folder.resolve("plugins");
    TestMethods.jar(plugins, METHOD, TestMethods.Shrinks.class, 0.5, 0.9);
    run(both(), "edited");
  }

  private static Suite both() {
    return TinySuite.suite(METHOD);
  }

  private static void run(Suite suite, String out) {
    TinySuite.run(suite, plugins, folder.resolve(out), folder.resolve("cache"));
  }

  private static StoredRun read(String out) {
    return RunReader.read(
        new RunStore(
            folder.resolve(out),
            line -> {
              throw new AssertionError(line);
            }));
  }

  /** Trials and trainings of the other seed lie there still. */
  @Test
  void aSeedThatIsTakenOutNoLongerCounts() {
    Suite one = TinySuite.suite(List.of(0L), 120, METHOD);
    run(one, "edited");
    run(one, "fresh");
    StoredRun edited = read("edited");
    StoredRun fresh = read("fresh");
    assertEquals(scores(fresh), scores(edited));
    assertEquals(List.of(0L), edited.summary().get(0).seeds());
    assertEquals(3, edited.completeness().others());
    assertTrue(edited.completeness().isComplete());
  }

  private static List<String> scores(StoredRun run) {
    return run.summary().stream().map(EditedSuiteTest::scores).toList();
  }

  private static String scores(SummaryRow row) {
    return row.method() + row.seeds() + row.metrics() + row.winners().keySet() + row.trials();
  }

  /**
   * The run is stopped when the originals are there: they are of the new task, trials of the old.
   */
  @Test
  void trialsOfATaskThatWasEditedDoNotStandBesideItsNewOriginals() {
    TaskSpec was = TinySuite.task(120);
    TaskSpec other =
        new TaskSpec(
            was.id(),
            1,
            "math",
            new MathDataSpec(
                MathFamily.ADDITIVE, 8, 34, 7, List.of(2), 20, 8, 5, new Artifact.Noise(12, 0.2)),
            was.window(),
            was.model(),
            was.training(),
            120,
            null,
            null,
            null);
    Suite edited = TinySuite.suite(other, List.of(0L), METHOD);
    NepentheException stopped = assertThrows(NepentheException.class, () -> stopAtMethods(edited));
    assertEquals(ErrorCode.RUN_INCOMPLETE, stopped.code());
    StoredRun run = read("edited");
    assertEquals(
        List.of(other.hash()), run.originals().stream().map(OriginalResult::taskHash).toList());
    assertEquals(List.of(), run.trials());
    assertEquals(2, run.completeness().absent().size());
    List<String> told = run.completeness().inWords("run");
    assertTrue(told.get(0).startsWith("run also holds 5 results of another def"), told.toString());
    assertTrue(told.get(1).startsWith("run lacks 2 of the 3 results"), told.toString());
  }

  private static void stopAtMethods(Suite suite) {
    RunSettings settings =
        new RunSettings(
            folder.resolve("edited"),
            folder.resolve("cache"),
            folder,
            (threads, place, log) -> new LocalWorkers(1, TrainingOnly::new),
            false);
    TinySuite.prepared(suite, plugins, settings, new Listener()).execute();
  }

  /** Trains, and is ended when a method begins. */
  private static final class TrainingOnly implements WorkerConnection {
    private final WorkerConnection worker = new InProcessWorker();
    private boolean isAtMethod;

    @Override
    public void send(WorkerRequest request) {
      isAtMethod = request instanceof WorkerRequest.Mitigate;
      if (!isAtMethod) {
        worker.send(request);
      }
    }

    @Override
    public @Nullable WorkerAnswer receive(Duration timeout)
        throws InterruptedException, WorkerDiedException {
      return isAtMethod ? new WorkerAnswer.Impeded("stopped here") : worker.receive(timeout);
    }

    @Override
    public void close() {
      worker.close();
    }
  }
}
