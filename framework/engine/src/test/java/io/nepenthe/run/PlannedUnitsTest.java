package io.nepenthe.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nepenthe.files.Folders;
import io.nepenthe.plan.Collection;
import io.nepenthe.plan.PlanFolder;
import io.nepenthe.pluginhost.PluginCatalog;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import io.nepenthe.provenance.Provenance;
import io.nepenthe.provenance.ProvenanceReader;
import io.nepenthe.run.UnitReport.State;
import io.nepenthe.runstore.RunStore;
import io.nepenthe.suite.Suite;
import io.nepenthe.summary.RunReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A suite done in units, by many, is the suite done by one. */
class PlannedUnitsTest {
  private static final Suite SUITE =
      TinySuite.suite(List.of(0L), 120, "shrinks", "splits", "folds");
  private static final int ORIGINAL = 0;
  private static final int FOLDS = 1;
  private static final int SHRINKS = 2;
  private static final int SPLITS = 3;

  @TempDir private static Path folder;
  private static Provenance here;
  private static Path plugins;
  private static Path planned;
  private static Path cache;
  private static Path done;
  private static Map<String, String> expected;
  private static List<UnitReport> reports;

  @TempDir private Path out;

  /** Each unit into a folder of its own, as on machines that share nothing but the models. */
  @BeforeAll
  static void run() {
    plugins = folder.resolve("plugins");
    cache = folder.resolve("cache");
    done = folder.resolve("done");
    TestMethods.jar(plugins, "shrinks", TestMethods.Shrinks.class, 0.5);
    TestMethods.jar(plugins, "splits", TestMethods.Splits.class, 0.1, 0.3);
    TestMethods.jar(plugins, "folds", TestMethods.Folds.class, 0.1);
    TinySuite.runInSilence(SUITE, plugins, folder.resolve("local"), folder.resolve("local-cache"));
    expected = TinySuite.lasting(folder.resolve("local"));
    here = ProvenanceReader.read(folder, "cpu", 1);
    planned = folder.resolve("plan");
    PlanFolder.write(plan(plugins), here, planned);
    reports = new ArrayList<>();
    for (int index : List.of(ORIGINAL, FOLDS, SHRINKS, SPLITS)) {
      reports.add(did(index, done.resolve("machine-" + index)));
    }
  }

  private static RunPlan plan(Path jars) {
    return RunPlan.of(SUITE, PluginCatalog.scan(List.of(jars)));
  }

  private static PlanFolder read() {
    return PlanFolder.read(planned, PlannedUnitsTest::fail);
  }

  private static void fail(String line) {
    throw new AssertionError(line);
  }

  private static UnitReport did(int index, Path run) {
    return did(read(), index, run, cache, new Listener());
  }

  private static UnitReport did(
      PlanFolder plan, int index, Path run, Path models, Listener listener) {
    Path scratch = run.resolveSibling(run.getFileName() + "-scratch-" + System.nanoTime());
    RunSettings settings = TinySuite.inThisProcess(scratch, models);
    try (NodeRun node =
        new NodeRun(plan.plan(), settings, here, plan.open(run, listener::warned), listener)) {
      return node.run(plan.units(new TreeSet<>(List.of(index))).get(0));
    } finally {
      assertFalse(Files.exists(scratch));
    }
  }

  private static Collection collected(Path whole, Path... sources) {
    Collection collection = new Collection(read(), whole, PlannedUnitsTest::fail);
    for (Path source : sources) {
      collection.add(source);
    }
    collection.finish();
    return collection;
  }

  private static SortedSet<Integer> left(Collection collection, Path whole) {
    return collection.left(
        RunReader.read(new RunStore(whole, PlannedUnitsTest::fail)).completeness());
  }

  private static Path machine(int index) {
    return done.resolve("machine-" + index);
  }

  private static List<Path> trials(Path run) throws IOException {
    try (Stream<Path> files = Files.list(run.resolve("trials"))) {
      return files.sorted().toList();
    }
  }

  @Test
  void aPlanListsOriginalsAndThenWhatStandsOnThem() throws IOException {
    assertEquals(
        List.of(
            """
            {"index":0,"phase":1,"kind":"training","task":"tiny-noise","seed":0,"after":[],"checkpoint":"%s"}"""
                .formatted(TinySuite.training(0).key()),
            """
            {"index":1,"phase":2,"kind":"training","task":"tiny-noise","seed":0,"method":"folds","points":[{"strength":0.1}],"after":[0]}""",
            """
            {"index":2,"phase":2,"kind":"trials","task":"tiny-noise","seed":0,"method":"shrinks","points":[{"strength":0.5}],"after":[0]}""",
            """
            {"index":3,"phase":2,"kind":"trials","task":"tiny-noise","seed":0,"method":"splits","points":[{"strength":0.1},{"strength":0.3}],"after":[0]}"""),
        Files.readAllLines(planned.resolve(PlanFolder.UNITS)));
    assertEquals(List.of(1, 3), read().file().phases());
    assertEquals(4, read().file().trials());
  }

  @Test
  void unitsOfManyMachinesTogetherEqualALocalRun() {
    reports.forEach(report -> assertEquals(State.DONE, report.state(), report.toString()));
    Path whole = out.resolve("whole");
    Collection collection =
        collected(whole, machine(ORIGINAL), machine(FOLDS), machine(SHRINKS), machine(SPLITS));
    assertEquals(List.of(), collection.refusals());
    assertEquals(5, collection.copied());
    assertEquals(new TreeSet<>(), left(collection, whole));
    assertEquals(expected, TinySuite.lasting(whole));
  }

  @Test
  void aPlanIsPlannedAgainAndKeptButForAnotherItNeedsAnotherFolder() throws IOException {
    byte[] before = Files.readAllBytes(planned.resolve("units.json"));
    PlanFolder.write(plan(plugins), here, planned);
    assertArrayEquals(before, Files.readAllBytes(planned.resolve("units.json")));
    Path others = out.resolve("plugins");
    TestMethods.jar(others, "shrinks", TestMethods.Shrinks.class, 0.4);
    TestMethods.jar(others, "splits", TestMethods.Splits.class, 0.1, 0.3);
    TestMethods.jar(others, "folds", TestMethods.Folds.class, 0.1);
    NepentheException refused =
        assertThrows(NepentheException.class, () -> PlanFolder.write(plan(others), here, planned));
    assertEquals(ErrorCode.BAD_USAGE, refused.code());
  }

  @Test
  void aUnitWhoseModelIsMissingSaysWhichToDoFirst() throws IOException {
    Path empty = out.resolve("empty-cache");
    UnitReport report = did(read(), SPLITS, out.resolve("run"), empty, new Listener());
    assertEquals(State.MISSING, report.state());
    assertEquals(List.of(ORIGINAL), report.first());
    assertEquals(15, report.exitCode());
    assertTrue(report.message().contains("Do unit 0 first"), report.message());
    assertFalse(Files.exists(out.resolve("run/trials")));
  }

  @Test
  void aModelOfWhichHalfIsThereIsMissingAndLeftWhereItIs() throws IOException {
    Path half = out.resolve("half-cache");
    Path training = TinySuite.training(0).checkpoints(cache).folder();
    Path copy = half.resolve(cache.relativize(training));
    TinySuite.copy(training, copy);
    Path weights = copy.resolve("passes-00060/model.safetensors");
    Files.write(weights, Arrays.copyOf(Files.readAllBytes(weights), 100));
    assertEquals(
        State.MISSING, did(read(), SHRINKS, out.resolve("run"), half, new Listener()).state());
    assertEquals(100, Files.size(weights));
  }

  @Test
  void aUnitDoneBeforeIsNotDoneAgain() throws IOException {
    Path run = out.resolve("run");
    TinySuite.copy(machine(SHRINKS), run);
    byte[] before = Files.readAllBytes(trials(run).get(0));
    Listener listener = new Listener();
    UnitReport report = did(read(), SHRINKS, run, cache, listener);
    assertEquals(State.THERE, report.state());
    assertEquals(List.of(), listener.mitigations());
    assertArrayEquals(before, Files.readAllBytes(trials(run).get(0)));
  }

  @Test
  void whatAKilledProcessLeftOfAUnitIsKept() throws IOException {
    Path run = out.resolve("run");
    TinySuite.copy(machine(SPLITS), run);
    Path kept = trials(run).get(0);
    byte[] before = Files.readAllBytes(kept);
    Files.delete(trials(run).get(1));
    assertEquals(State.DONE, did(SPLITS, run).state());
    assertArrayEquals(before, Files.readAllBytes(kept));
    assertEquals(2, trials(run).size());
  }

  @Test
  void halfAFileIsNoResultAndIsReplacedWhereItLies() throws IOException {
    Path run = out.resolve("run");
    TinySuite.copy(machine(SHRINKS), run);
    Path trial = trials(run).get(0);
    String whole = Files.readString(trial);
    Files.writeString(trial, whole.substring(0, whole.length() / 2));
    assertEquals(State.DONE, did(read(), SHRINKS, run, cache, new Listener()).state());
    assertEquals(TinySuite.lasting(machine(SHRINKS)), TinySuite.lasting(run));
    assertFalse(Files.exists(run.resolve("damaged")));
  }

  @Test
  void twoMayDoTheSameUnitIntoOneFolderAtTheSameTime() {
    Path run = out.resolve("run");
    CompletableFuture<UnitReport> other = CompletableFuture.supplyAsync(() -> did(SPLITS, run));
    assertTrue(did(SPLITS, run).message() == null);
    assertTrue(other.join().message() == null);
    assertEquals(TinySuite.lasting(machine(SPLITS)), TinySuite.lasting(run));
  }

  @Test
  void unitsWithoutResultsAreNamed() {
    Path whole = out.resolve("whole");
    Collection collection = collected(whole, machine(ORIGINAL), machine(SHRINKS));
    assertEquals(new TreeSet<>(List.of(FOLDS, SPLITS)), left(collection, whole));
  }

  @Test
  void aMachineWithAnotherJarIsFoundOutWhateverItSaysOfItself() throws IOException {
    Path others = out.resolve("plugins");
    TestMethods.jar(others, "shrinks", TestMethods.Splits.class, 0.5);
    TestMethods.jar(others, "splits", TestMethods.Splits.class, 0.1, 0.3);
    TestMethods.jar(others, "folds", TestMethods.Folds.class, 0.1);
    PlanFolder other = PlanFolder.write(plan(others), here, out.resolve("other-plan"));
    Path liar = out.resolve("liar");
    assertEquals(State.DONE, did(other, SHRINKS, liar, cache, new Listener()).state());
    Collection open = collected(out.resolve("whole"), liar, machine(ORIGINAL));
    assertTrue(
        open.refusals().get(0).contains("a run of another plan"), open.refusals().toString());
    Files.copy(
        planned.resolve("run.json"), liar.resolve("run.json"), StandardCopyOption.REPLACE_EXISTING);
    Collection hidden = collected(out.resolve("again"), liar, machine(ORIGINAL));
    assertEquals(1, hidden.refusals().size());
    assertTrue(
        hidden.refusals().get(0).contains("1 result of another jar of shrinks than planned"),
        hidden.refusals().toString());
    assertFalse(Files.exists(out.resolve("again/trials")));
  }

  @Test
  void aDamagedPlanIsRefused() throws IOException {
    Path copy = out.resolve("copy");
    TinySuite.copy(planned, copy);
    Path units = copy.resolve(PlanFolder.UNITS);
    Files.writeString(units, Files.readString(units).replace("0.5", "0.4"));
    NepentheException refused =
        assertThrows(NepentheException.class, () -> PlanFolder.read(copy, line -> {}));
    assertEquals(ErrorCode.STORE_CORRUPT, refused.code());
    Folders.tryToDelete(copy);
  }
}
