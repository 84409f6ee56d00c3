package io.nepenthe.summary;

import static io.nepenthe.selection.HandMade.scores;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nepenthe.json.Json;
import io.nepenthe.plugin.Family;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import io.nepenthe.protocol.ProtocolVersion;
import io.nepenthe.runstore.RunFile;
import io.nepenthe.runstore.RunMethod;
import io.nepenthe.runstore.RunStore;
import io.nepenthe.runstore.TimingResult;
import io.nepenthe.runstore.TrialIdentity;
import io.nepenthe.runstore.TrialOutcome;
import io.nepenthe.runstore.TrialResult;
import io.nepenthe.selection.HandMade;
import io.nepenthe.selection.HandMade.Trial;
import io.nepenthe.statistics.Statistic;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MergedRunTest {
  @TempDir private Path folder;
  private final List<String> warnings = new ArrayList<>();

  private static RunFile file(String suite, String protocol, long seed, String... methods) {
    return HandMade.runFile(suite, protocol, seed, methods);
  }

  private static RunFile file(long seed, String... methods) {
    return file("suite", ProtocolVersion.CURRENT, seed, methods);
  }

  private RunStore run(String name, RunFile file, TrialResult... trials) {
    RunStore store = new RunStore(folder.resolve(name), warnings::add);
    store.create();
    store.put(file);
    List.of(trials).forEach(store::put);
    return store;
  }

  private StoredRun merged(RunStore... stores) {
    return MergedRun.read(List.of(stores), warnings::add).run();
  }

  @Test
  void isTheUnionOfSeedsAndMethods() {
    Trial other = new Trial().of("other", Family.UNLEARNING);
    StoredRun run =
        merged(
            run("b", file(3, "method"), new Trial().seed(3).valid()),
            run("a", file(0, "method", "other"), new Trial().valid(), other.valid()));
    assertEquals(List.of(0L, 3L), run.info().seeds());
    assertEquals(List.of("method", "other"), run.info().methods());
    assertEquals(3, run.trials().size());
    assertEquals(3.0, run.info().secondsByPhase().get("total"));
    assertEquals(List.of(0L, 3L), run.summary().get(1).seeds());
    assertEquals(List.of(), warnings);
  }

  @Test
  void keepsOneTrialOfTwoThatAgreeAndSaysNothing() {
    StoredRun run =
        merged(
            run("a", file(0, "method"), new Trial().seconds(1).valid()),
            run("b", file(0, "method"), new Trial().seconds(2).valid()));
    assertEquals(List.of(new Trial().seconds(1).valid()), run.trials());
    assertEquals(List.of(), warnings);
  }

  @Test
  void keepsTheFirstOfTwoThatDifferAndSaysSoInOneLine() {
    TrialResult first = new Trial().after(scores(10, 50, 50)).valid();
    TrialResult second = new Trial().after(scores(20, 50, 50)).valid();
    RunStore a = run("a", file(0, "method"), first, new Trial().ratio(0.2).valid());
    RunStore b =
        run("b", file(0, "method"), second, new Trial().ratio(0.2).after(scores(1, 1, 1)).valid());
    assertTrue(merged(a, b).trials().contains(first));
    assertEquals(1, warnings.size());
    assertTrue(warnings.get(0).startsWith(b.folder() + " holds other results"));
    assertTrue(warnings.get(0).contains("in 2 places (the first: task_s0_method_"));
  }

  @Test
  void prefersATrialThatSucceeded() {
    RunStore a =
        run("a", file(0, "method"), new Trial().ended(new TrialOutcome.Failed("it broke")));
    RunStore b = run("b", file(0, "method"), new Trial().valid());
    MergedRun merged = MergedRun.read(List.of(a, b), warnings::add);
    assertEquals(List.of(new Trial().valid()), merged.run().trials());
    assertEquals(b.folder(), merged.folders().get(new Trial().valid().id()));
  }

  @Test
  void refusesWhatDoesNotCompare() {
    RunStore a = run("a", file(0, "method"));
    for (RunFile other :
        List.of(
            file("suite", "9.9", 0, "method"),
            file("other", ProtocolVersion.CURRENT, 0, "method"))) {
      RunStore b = run("b", other);
      NepentheException e = assertThrows(NepentheException.class, () -> merged(a, b));
      assertEquals(ErrorCode.BAD_USAGE, e.code());
      assertEquals(1, e.getMessage().lines().count());
      assertTrue(e.getMessage().contains("do not compare. Report them apart."), e.getMessage());
    }
  }

  private static TrialResult other(TrialResult trial, String part) {
    ObjectNode json = Json.mapper().valueToTree(trial);
    ((ObjectNode) json.path("identity")).put(part, "1".repeat(64));
    TrialIdentity changed = Json.mapper().convertValue(json.path("identity"), TrialIdentity.class);
    json.put("id", RunStore.id(changed));
    return Json.mapper().convertValue(json, TrialResult.class);
  }

  @Test
  void refusesTrialsOfAnotherOriginalModelOfASeed() {
    TrialResult second =
        other(new Trial().of("other", Family.UNLEARNING).valid(), "checkpointHash");
    RunStore a = run("a", file(0, "method"), new Trial().valid());
    RunStore b = run("b", file(0, "other"), second);
    NepentheException e = assertThrows(NepentheException.class, () -> merged(a, b));
    assertEquals(ErrorCode.BAD_USAGE, e.code());
    assertEquals(
        "task task seed 0 of "
            + b.folder()
            + " begins with another original model than that of the folders before it, and does"
            + " not compare. Report it apart.",
        e.getMessage());
  }

  @Test
  void refusesAnotherJarOfAMethod() {
    RunFile file = file(3, "method");
    RunMethod method = file.methods().get(0);
    String jar = "1".repeat(64);
    RunFile swapped =
        new RunFile(
            file.schema(),
            file.suite(),
            List.of(
                new RunMethod(
                    method.id(), method.version(), jar, method.descriptor(), method.grids())),
            file.quirks(),
            file.selection(),
            file.secondsByPhase(),
            file.provenance());
    RunStore a = run("a", file(0, "method"), new Trial().valid());
    RunStore b = run("b", swapped, other(new Trial().seed(3).valid(), "jarSha256"));
    NepentheException e = assertThrows(NepentheException.class, () -> merged(a, b));
    assertTrue(
        e.getMessage().startsWith("method method of " + b.folder() + " is another version"),
        e.getMessage());
  }

  private static TimingResult timing(TrialResult trial, String cpu, double seconds) {
    return new TimingResult(
        TimingResult.SCHEMA,
        "task",
        trial.identity().method(),
        "1",
        "hash",
        1,
        null,
        List.of(new TimingResult.SeedTime(0, seconds, null)),
        List.of(new TimingResult.Shot(0, 0, trial.id(), Map.of(), seconds, null, null, null)),
        HandMade.machine(cpu));
  }

  @Test
  void showsTimesOfOneClassOfMachinesOnly() {
    Trial slow = new Trial().after(scores(50, 50, 50)).on(HandMade.machine("slow"));
    TrialResult other = slow.of("other", Family.UNLEARNING).valid();
    TrialResult fast = new Trial().on(HandMade.machine("fast")).valid();
    RunStore a = run("a", file(0, "method"), fast);
    RunStore b = run("b", file(0, "other"), other);
    a.put(timing(fast, "fast", 2));
    b.put(timing(other, "slow", 9));
    StoredRun run = merged(a, b);
    assertEquals(Statistic.of(List.of(2.0)), run.summary().get(1).seconds());
    SummaryRow without = run.summary().get(2);
    assertNull(without.seconds());
    assertNull(without.sweepSeconds());
    assertNull(without.tuningSeconds());
    assertEquals("its times are of another class of machines", without.timeNote());
    assertEquals(1, run.timings().size());
    assertTrue(warnings.get(0).startsWith("1 timing of another class of machines left out"));
  }
}
