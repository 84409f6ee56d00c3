package io.nepenthe.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import io.nepenthe.checkpoint.ModelFolder;
import io.nepenthe.files.Folders;
import io.nepenthe.model.Weights;
import io.nepenthe.original.Checkpoint;
import io.nepenthe.protocol.ContentHash;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import io.nepenthe.runstore.OriginalResult;
import io.nepenthe.runstore.RunLock;
import io.nepenthe.runstore.RunStore;
import io.nepenthe.runstore.TrialOutcome;
import io.nepenthe.runstore.TrialResult;
import io.nepenthe.suite.Suite;
import io.nepenthe.summary.RunReader;
import io.nepenthe.summary.StoredRun;
import io.nepenthe.tensor.Torch;
import io.nepenthe.worker.InProcessWorker;
import io.nepenthe.worker.LocalWorkers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole run, and what later runs make of what it left. */
class SuiteRunTest {
  private static final Suite SUITE = TinySuite.suite("shrinks", "splits", "fades");
  private static final int TRIALS = 2 * (1 + 2 + 1);

  @TempDir private static Path folder;
  private static Path plugins;
  private static Path cache;
  private static Path first;
  private static Map<String, String> expected;

  @TempDir private Path out;

  @BeforeAll
  static void run() {
    plugins = folder.resolve("plugins");
    cache = folder.resolve("cache");
    first = folder.resolve("first");
    TestMethods.jar(plugins, "shrinks", TestMethods.Shrinks.class, 0.5);
    TestMethods.jar(plugins, "splits", TestMethods.Splits.class, 0.1, 0.3);
    TestMethods.jar(plugins, "fades", TestMethods.Fades.class, 0.01);
    Listener listener = TinySuite.run(SUITE, plugins, first, cache);
    assertEquals(List.of(), listener.warnings());
    assertEquals(4, listener.trainings().size());
    expected = TinySuite.lasting(first);
  }

  private static Path copyOfFirst(Path to) throws IOException {
    TinySuite.copy(first, to);
    return to;
  }

  private static List<Path> trialFiles(Path run) throws IOException {
    try (Stream<Path> files = Files.list(run.resolve("trials"))) {
      return files.sorted().toList();
    }
  }

  @Test
  void everyTrialIsValid() throws IOException {
    assertEquals(TRIALS, expected.size());
    assertEquals(TRIALS, trialFiles(first).size());
    for (TrialResult trial : TinySuite.trials(first).values()) {
      assertTrue(trial.isValid(), trial.id() + ": " + trial.outcome().explanation());
      assertNotNull(trial.after());
      assertTrue(trial.changedEntries() > 0, trial.id() + " changed nothing");
    }
  }

  @Test
  void originalsMemorizeSomethingAndKeepTheirCurve() {
    List<OriginalResult> originals = RunReader.read(new RunStore(first, line -> {})).originals();
    assertEquals(List.of(0L, 1L), originals.stream().map(OriginalResult::seed).toList());
    for (OriginalResult original : originals) {
      assertTrue(!original.memorizedRows().isEmpty(), original.id() + " memorized nothing");
      assertEquals(original.scores().memorization().memorized(), original.memorizedRows().size());
      assertEquals(
          List.of(20, 40, TinySuite.PASSES),
          original.curve().stream().map(OriginalResult.CurvePoint::pass).toList());
      assertEquals(original.scores(), original.curve().get(2).scores());
    }
  }

  @Test
  void pointsThatShareALocalizationAreChargedItsTimeEach() {
    List<TrialResult> splits =
        TinySuite.trials(first).values().stream()
            .filter(trial -> trial.identity().method().equals("splits"))
            .filter(trial -> trial.identity().seed() == 1)
            .toList();
    assertEquals(2, splits.size());
    assertEquals(splits.get(0).time().localizeSeconds(), splits.get(1).time().localizeSeconds());
    assertEquals(splits.get(0).time().cost(), splits.get(1).time().cost());
    for (TrialResult trial : splits) {
      assertEquals(
          trial.time().localizeSeconds() + trial.time().editSeconds(),
          trial.time().seconds(),
          1e-12);
    }
  }

  @Test
  void summarisesWhatItStored() {
    StoredRun run = RunReader.read(new RunStore(first, line -> {}));
    assertEquals(
        List.of("original", "shrinks", "splits", "fades"),
        run.summary().stream().map(row -> row.method()).toList());
    assertTrue(
        run.summary().stream()
            .map(row -> row.note())
            .allMatch(note -> note.isEmpty() || note.startsWith("no better than no mitigation")));
    assertTrue(run.summary().stream().allMatch(row -> row.seeds().equals(List.of(0L, 1L))));
  }

  @Test
  void leavesNoTemporaryFiles() throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      List<String> left =
          all.filter(Files::isRegularFile)
              .map(file -> file.getFileName().toString())
              .filter(name -> name.contains("part") || name.startsWith(".probe"))
              .toList();
      assertEquals(List.of(), left);
    }
    assertTrue(Files.notExists(first.resolve("damaged")));
  }

  @Test
  void aSecondRunWithTheSameCacheTrainsNothingAndFindsTheSame() {
    Listener listener = TinySuite.run(SUITE, plugins, out, cache);
    assertEquals(List.of(), listener.trainings());
    assertEquals(expected, TinySuite.lasting(out));
  }

  @Test
  void aMethodThatChangesWhatItsEditsDoNotNameIsInvalid() {
    Path jars = folder.resolve("jars");
    String said = "\"family\": \"unlearning\", \"edits\": \"mlp\", \"needs\": []";
    TestMethods.jar(jars, "narrow", TestMethods.Shrinks.class, said, 0.01);
    TestMethods.jar(jars, "splits", TestMethods.Splits.class, 0.02);
    TinySuite.run(TinySuite.suite("narrow", "splits"), jars, out, cache);
    for (TrialResult trial : TinySuite.trials(out).values()) {
      if (trial.identity().method().equals("splits")) {
        assertTrue(trial.isValid(), trial.outcome().explanation());
      } else {
        String why = trial.outcome().explanation();
        assertTrue(trial.outcome() instanceof TrialOutcome.Invalid, why);
        assertTrue(why.contains("entries of tensor transformer.wte.weight differ"), why);
        assertTrue(why.contains("add \"embeddings\" to edits"), why);
      }
    }
  }

  @Test
  void methodsGetTheModelsAndRowsTheyNeedAndAreNotRunWithoutThem() {
    Path jars = folder.resolve("needy");
    String said = "\"family\": \"unlearning\", \"edits\": \"all\", \"needs\": [\"%s\"]";
    for (String need :
        List.of("initial-weights", "checkpoint:20", "checkpoint:21", "file:answers")) {
      String id = need.replace(':', '-');
      TestMethods.jar(jars, id, TestMethods.GoesBack.class, said.formatted(need), 0.5);
    }
    String optional =
        "\"family\": \"unlearning\", \"edits\": \"all\", \"needs\": [\"checkpoint:20\"],"
            + " \"optionalNeeds\": [\"checkpoint:21\", \"validation\"]";
    TestMethods.jar(jars, "optional", TestMethods.GoesBack.class, optional, 0.5);
    TinySuite.run(
        TinySuite.suite(
            "initial-weights", "checkpoint-20", "checkpoint-21", "file-answers", "optional"),
        jars,
        out,
        cache);
    for (TrialResult trial : TinySuite.trials(out).values()) {
      String why = trial.id() + ": " + trial.outcome();
      long seed = trial.identity().seed();
      switch (trial.identity().method()) {
        case "initial-weights" -> assertTrue(trial.isValid(), why);
        case "checkpoint-21" -> {
          assertTrue(trial.outcome() instanceof TrialOutcome.NotApplicable, why);
          assertTrue(why.contains("no model after 21 passes is kept"), why);
        }
        case "file-answers" -> {
          assertTrue(trial.outcome() instanceof TrialOutcome.NotApplicable, why);
          assertTrue(why.contains("files: { answers: PATH.csv }"), why);
        }
        default -> assertEquals(hashAfter(20, seed), trial.mitigatedHash(), why);
      }
    }
  }

  @Test
  void filesForMethodsArePartOfTheirTrialsAndNotOfTheTraining() throws IOException {
    Path jars = folder.resolve("asking");
    String said = "\"family\": \"unlearning\", \"edits\": \"all\", \"needs\": [\"file:answers\"]";
    TestMethods.jar(jars, "reads-answers", TestMethods.ReadsAnswers.class, said, 0.5);
    Path answers = out.resolve("answers.csv");
    Suite suite =
        TinySuite.suite(
            TinySuite.withFiles(Map.of("answers", answers.toString())),
            List.of(0L),
            "reads-answers");
    assertThrows(NepentheException.class, () -> TinySuite.run(suite, jars, out, cache));
    Set<String> hashes = new TreeSet<>();
    for (int id : new int[] {1, 2}) {
      Files.writeString(answers, (id + ",1".repeat(33) + "\n").repeat(2));
      Listener listener = TinySuite.run(suite, jars, out.resolve("run"), cache);
      assertEquals(List.of(), listener.trainings());
      assertEquals(id, TinySuite.trials(out.resolve("run")).size());
    }
    for (TrialResult trial : TinySuite.trials(out.resolve("run")).values()) {
      assertTrue(trial.isValid(), trial.outcome().explanation());
      hashes.add(trial.mitigatedHash());
    }
    assertEquals(2, hashes.size());
  }

  private static String hashAfter(int passes, long seed) {
    Checkpoint kept = TinySuite.training(seed).checkpoints(cache).find(passes).orElseThrow();
    try (NDManager manager = Torch.newManager(Torch.device("cpu"));
        Weights weights = ModelFolder.readWeights(kept.folder(), kept.model(), manager)) {
      return weights.hash();
    }
  }

  @Test
  void resumingMeasuresJustWhatIsMissing() throws IOException {
    Path run = copyOfFirst(out.resolve("run"));
    List<Path> files = trialFiles(run);
    Set<Path> removed = Set.of(files.get(0), files.get(4), files.get(7));
    for (Path file : removed) {
      Files.delete(file);
    }
    Map<Path, byte[]> kept = new java.util.HashMap<>();
    for (Path file : trialFiles(run)) {
      kept.put(file, Files.readAllBytes(file));
    }
    Listener listener = TinySuite.run(SUITE, plugins, run, cache);
    assertEquals(List.of(), listener.warnings());
    assertEquals(List.of(), listener.trainings());
    assertEquals(expected, TinySuite.lasting(run));
    for (Map.Entry<Path, byte[]> file : kept.entrySet()) {
      assertEquals(
          -1, java.util.Arrays.mismatch(file.getValue(), Files.readAllBytes(file.getKey())));
    }
  }

  @Test
  void runningAFinishedRunAgainChangesNoResult() throws IOException {
    Path run = copyOfFirst(out.resolve("run"));
    TinySuite.run(SUITE, plugins, run, cache);
    for (Path file : trialFiles(first)) {
      Path again = run.resolve("trials").resolve(file.getFileName());
      assertEquals(Files.readString(file), Files.readString(again));
    }
  }

  @Test
  void runningAFinishedRunAgainKeepsTheTimeItTook() throws IOException {
    Path run = copyOfFirst(out.resolve("run"));
    Map<String, Double> before = new RunStore(run, line -> {}).info().secondsByPhase();
    TinySuite.run(SUITE, plugins, run, cache);
    Map<String, Double> after = new RunStore(run, line -> {}).info().secondsByPhase();
    assertTrue(before.get("training") > 0 && before.get("mitigation") > 0, before.toString());
    assertEquals(before.get("training"), after.get("training"));
    assertEquals(before.get("mitigation"), after.get("mitigation"));
    assertTrue(after.get("total") > before.get("total"), after.toString());
  }

  @Test
  void damagedTrialFilesAreReportedSetAsideAndMeasuredAgain() throws IOException {
    Path run = copyOfFirst(out.resolve("run"));
    List<Path> files = trialFiles(run);
    String whole = Files.readString(files.get(0));
    Files.writeString(files.get(0), whole.substring(0, whole.length() / 2));
    Files.writeString(files.get(1), "");
    String other = Files.readString(files.get(2));
    Files.writeString(files.get(2), other.replace("nepenthe-trial/3", "nepenthe-trial/9"));
    Files.move(
        files.get(3),
        files.get(4),
        java.nio.file.StandardCopyOption.REPLACE_EXISTING); // 4 holds 3's content, 3 is gone
    Listener listener = TinySuite.run(SUITE, plugins, run, cache);
    assertEquals(4, listener.warnings().size(), listener.warnings().toString());
    for (String warning : listener.warnings()) {
      assertTrue(warning.contains("damaged") && warning.contains("set aside"), warning);
      assertEquals(1, warning.lines().count());
    }
    try (Stream<Path> damaged = Files.list(run.resolve("damaged"))) {
      assertEquals(4, damaged.count());
    }
    assertEquals(expected, TinySuite.lasting(run));
  }

  @Test
  void damagedBaseMeasurementsAreMeasuredAgain() throws IOException {
    Path run = copyOfFirst(out.resolve("run"));
    Path original = run.resolve("originals").resolve(TinySuite.TASK + "_s0.json");
    Files.writeString(original, "{}");
    Listener listener = TinySuite.run(SUITE, plugins, run, cache);
    assertEquals(1, listener.warnings().size());
    assertEquals(2, RunReader.read(new RunStore(run, line -> {})).originals().size());
    assertEquals(expected, TinySuite.lasting(run));
  }

  @Test
  void aTrialOfAnotherJarIsMeasuredAnewAndTheOldOneLeftOutOfTheSummary() throws IOException {
    Path run = copyOfFirst(out.resolve("run"));
    Path newer = out.resolve("newer");
    TestMethods.jar(newer, "shrinks", TestMethods.Shrinks.class, 0.25);
    TinySuite.run(TinySuite.suite("shrinks"), newer, run, cache);
    assertEquals(TRIALS + 2, TinySuite.trials(run).size());
    StoredRun stored = RunReader.read(new RunStore(run, line -> {}));
    assertEquals(
        Set.of(0.25),
        new TreeSet<>(
            stored.trials().stream()
                .map(trial -> trial.identity().hyperparameters().get("strength").doubleValue())
                .toList()));
  }

  @Test
  void oneFolderIsForOneRunAtATime() throws IOException {
    Files.createDirectories(out);
    try (RunLock other = RunLock.take(out)) {
      assertNotNull(other);
      NepentheException e =
          assertThrows(NepentheException.class, () -> TinySuite.run(SUITE, plugins, out, cache));
      assertEquals(ErrorCode.IO, e.code());
      assertTrue(e.getMessage().contains("another run is using"), e.getMessage());
    }
  }

  @Test
  void aTrainingThatFailsLeavesTheOtherTrialsAndSaysSo() {
    Path jars = folder.resolve("jars");
    TestMethods.jar(jars, "shrinks", TestMethods.Shrinks.class, 0.5);
    TestMethods.jar(jars, "fails-to-hook", TestMethods.FailsToHook.class, 0.5);
    Listener listener =
        TinySuite.run(TinySuite.suite("fails-to-hook", "shrinks"), jars, out.resolve("run"), cache);
    assertEquals(2, listener.warnings().size());
    List<TrialOutcome> failed = new ArrayList<>();
    for (TrialResult trial : TinySuite.trials(out.resolve("run")).values()) {
      if (trial.identity().method().equals("shrinks")) {
        assertTrue(trial.isValid());
      } else {
        failed.add(trial.outcome());
      }
    }
    TrialOutcome reason = new TrialOutcome.Failed("UnsupportedOperationException: no hook today");
    assertEquals(List.of(reason, reason), failed);
  }

  @Test
  void nothingThatAMethodLeavesBehindReachesATrialOrAnOriginal() {
    Path jars = folder.resolve("jars");
    TestMethods.jar(jars, "leaves-state", TestMethods.LeavesState.class, 0.5);
    TestMethods.jar(jars, "finds-nothing-left", TestMethods.FindsNothingLeft.class, 0.5);
    TestMethods.jar(jars, "shrinks", TestMethods.Shrinks.class, 0.5);
    Path fresh = out.resolve("cache");
    Listener listener =
        TinySuite.runInProcesses(
            TinySuite.suite(List.of(0L), 120, "leaves-state", "shrinks", "finds-nothing-left"),
            jars,
            out.resolve("run"),
            fresh);
    assertEquals(List.of(), listener.warnings());
    assertEquals(original(cache, 0), original(fresh, 0));
    String trained = hashAfter(TinySuite.PASSES, 0);
    for (TrialResult trial : TinySuite.trials(out.resolve("run")).values()) {
      switch (trial.identity().method()) {
        case "finds-nothing-left" -> assertEquals(trained, trial.mitigatedHash());
        case "shrinks" -> {
          Map<String, String> shrunk = TinySuite.lasting(out.resolve("run"));
          assertEquals(expected.get(trial.id()), shrunk.get(trial.id()));
        }
        default -> assertTrue(trial.isValid(), trial.outcome().explanation());
      }
    }
  }

  private static String original(Path place, long seed) {
    return TinySuite.training(seed)
        .checkpoints(place)
        .find(TinySuite.PASSES)
        .orElseThrow()
        .record()
        .weightsHash();
  }

  @Test
  void aControlThatIsToChangeNothingAndDoesStopsTheRun() {
    Path jars = folder.resolve("jars");
    TestMethods.jar(
        jars,
        "shrinks-secretly",
        TestMethods.Shrinks.class,
        "\"family\": \"control\", \"changesNothing\": true, \"needs\": []",
        0.5);
    NepentheException e =
        assertThrows(
            NepentheException.class,
            () ->
                TinySuite.run(
                    TinySuite.suite("shrinks-secretly"), jars, out.resolve("run"), cache));
    assertEquals(ErrorCode.RUN_INCOMPLETE, e.code());
    assertTrue(
        e.getMessage().contains("shrinks-secretly: it is to change nothing"), e.getMessage());
    assertEquals(Map.of(), TinySuite.trials(out.resolve("run")));
  }

  /** The model of another seed, whole and with its own hashes, in place of the original. */
  @Test
  void anOriginalModelThatIsChangedWhileTheRunGoesOnIsFound() throws IOException {
    Path jars = out.resolve("jars");
    TestMethods.jar(jars, "meddles", TestMethods.Meddles.class, 0.5);
    TestMethods.jar(jars, "shrinks", TestMethods.Shrinks.class, 0.5);
    Path own = out.resolve("cache");
    TinySuite.copy(cache, own);
    Path model = checkpoint(own, 0);
    TestMethods.Meddles.with(() -> replace(model, checkpoint(own, 1)));
    Suite suite = TinySuite.suite(List.of(0L), 120, "meddles", "shrinks");
    NepentheException e =
        assertThrows(
            NepentheException.class, () -> TinySuite.run(suite, jars, out.resolve("run"), own));
    TestMethods.Meddles.with(() -> {});
    assertEquals(ErrorCode.RUN_INCOMPLETE, e.code());
    assertTrue(e.getMessage().contains("was changed while the run went on"), e.getMessage());
    assertFalse(Files.exists(model), "no later run takes it for the original");
    assertEquals(
        List.of(
            new TrialOutcome.Failed(
                "the original model in the cache was changed while it ran alone")),
        TinySuite.trials(out.resolve("run")).values().stream().map(TrialResult::outcome).toList());
    TinySuite.run(suite, jars, out.resolve("run"), own); // and the others go on
    assertEquals(2, TinySuite.trials(out.resolve("run")).size());
  }

  @Test
  void whoeverOfSeveralChangesAnOriginalModelIsFoundByRunningOneAtATime() throws IOException {
    Path jars = out.resolve("jars");
    for (String id : List.of("meddles-a", "meddles-b")) {
      TestMethods.jar(jars, id, TestMethods.Meddles.class, 0.5);
    }
    Path own = out.resolve("cache");
    Suite suite = TinySuite.suite(List.of(0L), 120, "meddles-a", "meddles-b");
    TinySuite.copy(cache, own);
    Path model = checkpoint(own, 0);
    Path other = checkpoint(cache, 1);
    CyclicBarrier together = new CyclicBarrier(2);
    TestMethods.Meddles.with(
        () -> {
          meet(together);
          synchronized (together) {
            replace(model, other);
          }
        });
    try {
      for (int command = 1; command <= 2; command++) {
        Folders.delete(own);
        TinySuite.copy(cache, own);
        assertThrows(NepentheException.class, () -> runTwoAtATime(suite, jars, own));
        assertEquals(command, TinySuite.trials(out.resolve("run")).size());
      }
    } finally {
      TestMethods.Meddles.with(() -> {});
    }
    runTwoAtATime(suite, jars, own);
  }

  private void runTwoAtATime(Suite suite, Path jars, Path own) {
    RunSettings settings =
        new RunSettings(
            out.resolve("run"),
            own,
            out,
            (threads, place, log) -> new LocalWorkers(2, InProcessWorker::new),
            false);
    TinySuite.prepared(suite, jars, settings, new Listener()).execute();
  }

  /** Waits for the other, a short time if there is none. */
  private static void meet(CyclicBarrier together) {
    try {
      together.await(500, TimeUnit.MILLISECONDS);
    } catch (BrokenBarrierException | TimeoutException e) {
      together.reset(); // alone
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Path checkpoint(Path place, long seed) {
    return TinySuite.training(seed)
        .checkpoints(place)
        .find(TinySuite.PASSES)
        .orElseThrow()
        .folder();
  }

  private static void replace(Path folder, Path by) {
    try {
      Folders.delete(folder);
      TinySuite.copy(by, folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void theJarsThatARunKeepsAreTheOnesItUses() throws IOException {
    Path jars = folder.resolve("jars");
    Path jar = TestMethods.jar(jars, "shrinks", TestMethods.Shrinks.class, 0.5);
    Listener replaces =
        new Listener() {
          @Override
          public void progressed(String what, long done, long total) {
            super.progressed(what, done, total);
            TestMethods.jar(jars, "shrinks", TestMethods.Explodes.class, 0.5);
          }
        };
    String read = ContentHash.ofFile(jar);
    TinySuite.run(TinySuite.suite("shrinks"), jars, out.resolve("run"), cache, replaces);
    assertNotEquals(read, ContentHash.ofFile(jar));
    Map<String, String> shrunk = TinySuite.lasting(out.resolve("run"));
    assertEquals(2, shrunk.size());
    assertTrue(expected.entrySet().containsAll(shrunk.entrySet()));
  }

  @Test
  void seedsDiffer() {
    assertNotEquals(original(cache, 0), original(cache, 1));
  }
}
