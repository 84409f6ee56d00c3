package io.nepenthe.summary;

import static io.nepenthe.selection.HandMade.scores;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nepenthe.json.Json;
import io.nepenthe.metric.Scores;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import io.nepenthe.protocol.ProtocolVersion;
import io.nepenthe.runstore.OriginalResult;
import io.nepenthe.runstore.PlannedTrials;
import io.nepenthe.runstore.RunFile;
import io.nepenthe.runstore.RunStore;
import io.nepenthe.runstore.TimingResult;
import io.nepenthe.runstore.TrialIdentity;
import io.nepenthe.runstore.TrialOutcome;
import io.nepenthe.runstore.TrialResult;
import io.nepenthe.selection.HandMade;
import io.nepenthe.selection.HandMade.Trial;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A run of the task "task", seed 0, one method at the ratios 0.1 and 0.2. */
class OwnResultsTest {
  private static final Scores BEFORE = scores(100, 50, 50);
  private static final TrialResult FIRST = new Trial().after(scores(10, 50, 50)).valid();
  private static final TrialResult SECOND =
      new Trial().ratio(0.2).after(scores(20, 50, 50)).valid();

  @TempDir private Path folder;
  private RunStore store;

  @BeforeEach
  void run() {
    store = new RunStore(folder, OwnResultsTest::fail);
    store.create();
    store.put(HandMade.runFile("suite", ProtocolVersion.CURRENT, 0, "method"));
  }

  private static void fail(String line) {
    throw new AssertionError(line);
  }

  private static OriginalResult original(TrialResult of) {
    TrialIdentity identity = of.identity();
    return new OriginalResult(
        OriginalResult.SCHEMA,
        OriginalResult.id(identity.task(), identity.seed()),
        identity.task(),
        identity.seed(),
        identity.taskHash(),
        identity.dataHash(),
        identity.checkpointHash(),
        1,
        BEFORE,
        null,
        IntStream.range(0, 100).boxed().toList(),
        List.of(),
        1,
        HandMade.provenance());
  }

  private StoredRun read() {
    return RunReader.read(store);
  }

  private void storeAll() {
    store.put(original(FIRST));
    store.put(FIRST);
    store.put(SECOND);
  }

  /** Returns a trial with another value of a part of its identity. */
  private static TrialResult other(TrialResult trial, String part, String value) {
    ObjectNode json = Json.mapper().valueToTree(trial);
    ObjectNode identity = (ObjectNode) json.path("identity");
    if (identity.path(part).isNumber()) {
      identity.put(part, Long.parseLong(value));
    } else {
      identity.put(part, value);
    }
    TrialIdentity changed = Json.mapper().convertValue(identity, TrialIdentity.class);
    json.put("id", RunStore.id(changed));
    return Json.mapper().convertValue(json, TrialResult.class);
  }

  @Test
  void aWholeRunLacksNothing() {
    storeAll();
    Completeness whole = read().completeness();
    assertEquals(new Completeness(3, List.of(), 0, List.of()), whole);
    assertEquals(List.of(), whole.inWords("run"));
    assertEquals("", read().summary().get(1).note());
  }

  @ParameterizedTest
  @CsvSource({
    "protocol, 9.0",
    "task, other",
    "taskHash, 1111111111111111111111111111111111111111111111111111111111111111",
    "dataHash, 1111111111111111111111111111111111111111111111111111111111111111",
    "checkpointHash, 1111111111111111111111111111111111111111111111111111111111111111",
    "method, other",
    "methodVersion, 9.9.9",
    "jarSha256, 1111111111111111111111111111111111111111111111111111111111111111",
    "seed, 7",
    "fidelity, reference",
    "device, gpu",
    "threads, 2"
  })
  void aTrialOfAnotherIdentityDoesNotCount(String part, String value) {
    storeAll();
    store.put(other(FIRST, part, value));
    StoredRun run = read();
    assertEquals(List.of(FIRST, SECOND), run.trials());
    assertEquals(1, run.completeness().others());
    assertTrue(
        run.completeness().inWords("run").get(0).startsWith("run also holds 1 result of another"));
  }

  @Test
  void originalsOfAnotherDefinitionOrSeedDoNotCount() {
    store.put(original(other(FIRST, "taskHash", "1".repeat(64))));
    store.put(original(other(FIRST, "seed", "7")));
    StoredRun run = read();
    assertEquals(List.of(), run.originals());
    assertEquals(2, run.completeness().others());
  }

  @Test
  void trialsOfTheModelBeforeItWasTrainedAnewDoNotCount() {
    storeAll();
    store.put(original(other(FIRST, "checkpointHash", "1".repeat(64))));
    StoredRun run = read();
    assertEquals(List.of(), run.trials());
    assertEquals(2, run.completeness().absent().size());
  }

  @Test
  void aTrialThatBeganWithOtherScoresDoesNotCount() {
    storeAll();
    store.put(new Trial().before(scores(99, 50, 50)).valid());
    assertEquals(List.of(SECOND), read().trials());
  }

  @Test
  void whatIsMissingIsNamedAndNoted() {
    store.put(original(FIRST));
    store.put(SECOND);
    StoredRun run = read();
    assertEquals(1, run.completeness().absent().size());
    String line = run.completeness().inWords("run").get(0);
    assertTrue(
        line.startsWith(
            "run lacks 1 of the 3 results that it is to hold (the first: task seed 0 method"
                + " {ratio=0.1})"),
        line);
    assertEquals("1 result missing", run.summary().get(1).note());
  }

  @Test
  void aTrialThatFailedIsNotMissing() {
    store.put(original(FIRST));
    store.put(SECOND);
    store.put(new Trial().ended(new TrialOutcome.Failed("it broke")));
    assertTrue(read().completeness().isComplete());
  }

  @Test
  void withoutTheOriginalTrialsCountIfTheyAgree() {
    store.put(FIRST);
    store.put(SECOND);
    StoredRun run = read();
    assertEquals(2, run.trials().size());
    assertEquals(List.of(Absent.original("task", 0)), run.completeness().absent());
    assertEquals("1 result missing", run.summary().get(0).note());
    store.put(other(FIRST, "checkpointHash", "1".repeat(64)));
    assertEquals(List.of(), read().trials());
  }

  /** As the run that measures such a trial does, so whoever reads one later is told. */
  @ParameterizedTest
  @CsvSource({"true, 3, true", "true, 0, false", "false, 3, false"})
  void aControlThatIsToChangeNothingAndDidIsRefused(
      boolean changesNothing, long changed, boolean isRefused) {
    TrialResult control = changing(FIRST, changed);
    store.put(original(FIRST));
    store.put(control);
    RunFile run = store.definition();
    ObjectNode json = Json.mapper().valueToTree(run);
    ((ObjectNode) json.at("/methods/0/descriptor"))
        .put("family", "control")
        .put("changesNothing", changesNothing);
    store.put(Json.mapper().convertValue(json, RunFile.class));
    if (isRefused) {
      NepentheException e = assertThrows(NepentheException.class, this::read);
      assertEquals(ErrorCode.RUN_INCOMPLETE, e.code());
      assertTrue(
          e.getMessage().contains(control.id() + ": it is to change nothing, and 3 weights differ"),
          e.getMessage());
    } else {
      assertEquals(List.of(control), read().trials());
    }
  }

  private static TrialResult changing(TrialResult trial, long entries) {
    ObjectNode json = Json.mapper().valueToTree(trial);
    return Json.mapper().convertValue(json.put("changedEntries", entries), TrialResult.class);
  }

  @Test
  void timingsOfOtherTrialsDoNotCount() {
    storeAll();
    for (TrialResult timed : List.of(FIRST, other(FIRST, "jarSha256", "1".repeat(64)))) {
      store.put(
          new TimingResult(
              TimingResult.SCHEMA,
              "task",
              "method",
              "0.1.0",
              timed.identity().jarSha256(),
              1,
              null,
              List.of(new TimingResult.SeedTime(0, 1, null)),
              List.of(new TimingResult.Shot(0, 0, timed.id(), Map.of(), 1, null, null, null)),
              HandMade.provenance()));
      boolean isOwn = timed.equals(FIRST);
      assertEquals(isOwn ? 1 : 0, read().timings().size());
      assertEquals(isOwn ? 0 : 1, read().completeness().others());
    }
  }

  @Test
  void whatNoLongerCountsAfterAnEditIsToldAndTheRestIsMissing() {
    storeAll();
    store.put(HandMade.runFile("suite", ProtocolVersion.CURRENT, 1, "method"));
    StoredRun run = read();
    assertEquals(List.of(), run.trials());
    assertEquals(List.of(), run.originals());
    assertEquals(3, run.completeness().others());
    assertEquals(3, run.completeness().absent().size());
  }

  @Test
  void oneRunMayHaveWhatAnotherLacks() {
    store.put(original(FIRST));
    store.put(FIRST);
    RunStore second = new RunStore(folder.resolve("second"), OwnResultsTest::fail);
    second.create();
    second.put(HandMade.runFile("suite", ProtocolVersion.CURRENT, 0, "method"));
    second.put(SECOND);
    StoredRun merged = MergedRun.read(List.of(store, second), OwnResultsTest::fail).run();
    assertEquals(new Completeness(3, List.of(), 0, List.of()), merged.completeness());
  }

  @Test
  void aDamagedPlanIsToldThoughTheDefinitionSaysAll() throws IOException {
    storeAll();
    StoredRun whole = read();
    Path plan = folder.resolve("plan.json");
    store.put(PlannedTrials.of(store.definition()));
    Files.writeString(plan, Files.readString(plan).replace("0.2", "0.3"));
    List<String> told = new ArrayList<>();
    StoredRun damaged = RunReader.read(new RunStore(folder, told::add));
    assertEquals(1, told.size());
    assertTrue(told.get(0).contains("plan.json is damaged"), told.get(0));
    assertEquals(whole.summary(), damaged.summary());
  }

  @Test
  void aPlanListsWhatADefinitionImplies() {
    RunFile file = store.definition();
    PlannedTrials plan = PlannedTrials.of(file);
    assertEquals(List.of("task_s0"), plan.originals());
    assertEquals(
        List.of(Map.of("ratio", 0.1), Map.of("ratio", 0.2)),
        plan.trials().stream().map(each -> each.hyperparameters()).toList());
  }
}
