package io.nepenthe.summary;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import io.nepenthe.protocol.ProtocolVersion;
import io.nepenthe.runstore.ChallengeResult;
import io.nepenthe.runstore.ChallengeResult.Reading;
import io.nepenthe.runstore.RunStore;
import io.nepenthe.runstore.TrialResult;
import io.nepenthe.selection.HandMade;
import io.nepenthe.selection.HandMade.Trial;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChosenChallengesTest {
  @TempDir private Path folder;

  private RunStore run(String name, TrialResult trial) {
    RunStore store = new RunStore(folder.resolve(name), line -> {});
    store.create();
    store.put(
        HandMade.runFile("suite", ProtocolVersion.CURRENT, trial.identity().seed(), "method"));
    store.put(trial);
    return store;
  }

  private static ChallengeResult challenged(TrialResult of, String trial, String challenges) {
    long seed = of.identity().seed();
    String task = of.identity().task();
    return new ChallengeResult(
        ChallengeResult.SCHEMA,
        ChallengeResult.id(task, seed, "method", Map.of("trial", trial)),
        task,
        seed,
        "method",
        trial,
        "weights",
        challenges,
        List.of(new Reading("rounding", "int4", null, Map.of("memorizedPercent", 1.0))),
        1,
        of.provenance());
  }

  @Test
  void aChallengeCountsWhereItsTrialIsTheWinner() {
    TrialResult trial = new Trial().valid();
    RunStore store = run("a", trial);
    ChallengeResult own = challenged(trial, trial.id(), "ch");
    store.put(own);
    assertEquals(List.of(own), RunReader.read(store).challenges());
    store.put(challenged(trial, "another", "ch"));
    assertEquals(List.of(), RunReader.read(store).challenges());
  }

  @Test
  void mergedRunsHaveTheChallengesOfAll() {
    TrialResult first = new Trial().valid();
    TrialResult second = new Trial().seed(3).valid();
    RunStore a = run("a", first);
    RunStore b = run("b", second);
    a.put(challenged(first, first.id(), "ch"));
    b.put(challenged(second, second.id(), "ch"));
    assertEquals(
        List.of(0L, 3L),
        MergedRun.read(List.of(b, a), line -> {}).run().challenges().stream()
            .map(ChallengeResult::seed)
            .toList());
  }

  @Test
  void runsThatWereChallengedOtherwiseAreNotMerged() {
    TrialResult first = new Trial().valid();
    TrialResult second = new Trial().seed(3).valid();
    RunStore a = run("a", first);
    RunStore b = run("b", second);
    a.put(challenged(first, first.id(), "ch"));
    b.put(challenged(second, second.id(), "other"));
    NepentheException refused =
        assertThrows(NepentheException.class, () -> MergedRun.read(List.of(a, b), line -> {}));
    assertEquals(ErrorCode.BAD_USAGE, refused.code());
    assertTrue(refused.getMessage().contains("what challenges asked"), refused.getMessage());
  }
}
