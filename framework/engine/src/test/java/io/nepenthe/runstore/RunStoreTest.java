package io.nepenthe.runstore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nepenthe.json.Json;
import io.nepenthe.metric.RowCounts;
import io.nepenthe.metric.Scores;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import io.nepenthe.provenance.Provenance;
import io.nepenthe.selection.HandMade;
import io.nepenthe.testkit.MadeScores;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RunStoreTest {
  private static final int FLIPS = 300;

  @TempDir private Path folder;
  private final List<String> warnings = new ArrayList<>();
  private RunStore store;

  @BeforeEach
  void open() {
    store = new RunStore(folder, warnings::add);
    store.create();
  }

  private static void unwritable(Path place) {
    NepentheException e =
        assertThrows(NepentheException.class, () -> new RunStore(place, line -> {}).create());
    assertEquals(ErrorCode.IO, e.code());
    assertEquals(1, e.getMessage().lines().count());
    assertTrue(e.getMessage().contains("Give --out a folder you may write to."));
  }

  @Test
  void givesBackWhatItWasGiven() {
    TrialResult trial = new HandMade.Trial().valid();
    store.put(trial);
    assertEquals(Optional.of(trial), store.trial(trial.identity()));
    assertEquals(List.of(trial), store.trials());
    assertEquals(List.of(), warnings);
  }

  /** The seal is right, as whoever changes a result can compute it. */
  @Test
  void whatSomethingElseWritesWhileARunGoesOnIsNoResultOfIt() {
    TrialResult measured = new HandMade.Trial().seed(1).seconds(3).valid();
    store.put(measured);
    RunStore forger = new RunStore(folder, warnings::add);
    forger.put(new HandMade.Trial().seed(1).seconds(2).valid());
    forger.put(new HandMade.Trial().seed(2).valid());
    assertEquals(List.of(), store.trials());
    assertEquals(2, warnings.size());
    assertTrue(
        warnings.stream().anyMatch(line -> line.contains("something else changed it")),
        warnings::toString);
    assertTrue(
        warnings.stream().anyMatch(line -> line.contains("put there by something else")),
        warnings::toString);
    store.put(measured);
    assertEquals(List.of(measured), store.trials());
  }

  /** What is left alone in another's folder is a forgery in one's own. */
  @ParameterizedTest
  @ValueSource(strings = {"nepenthe-trial/99", "nepenthe-trial/1", "nepenthe-trial/3"})
  void noSchemaKeepsAForgeryFromBeingSetAside(String schema) throws IOException {
    TrialResult measured = new HandMade.Trial().seed(1).valid();
    store.put(measured);
    Path file = folder.resolve("trials").resolve(measured.id() + ".json");
    Files.writeString(file, "{\"schema\": \"" + schema + "\"}");
    assertEquals(List.of(), store.trials());
    assertTrue(warnings.get(0).contains("something else changed it"), warnings.toString());
    store.put(measured);
    assertEquals(List.of(measured), store.trials());
  }

  @Test
  void aFileWithoutEndIsNotRead() throws IOException {
    TrialResult measured = new HandMade.Trial().seed(1).valid();
    store.put(measured);
    Path other = folder.resolve("trials").resolve("other.json");
    try (RandomAccessFile file = new RandomAccessFile(other.toFile(), "rw")) {
      file.setLength(3L << 30);
    }
    assertEquals(List.of(measured), new RunStore(folder, warnings::add).trials());
    assertTrue(warnings.get(0).contains("(it is larger than any result)"), warnings.toString());
    new RunStore(folder, warnings::add).create(); // which reads what is there
  }

  @Test
  void aRunThatGoesOnKnowsWhatWasThere() {
    TrialResult before = new HandMade.Trial().seed(1).valid();
    new RunStore(folder, warnings::add).put(before);
    RunStore next = new RunStore(folder, warnings::add);
    next.create();
    assertEquals(List.of(before), next.trials());
    assertEquals(List.of(), warnings);
  }

  @Test
  void givesBackEveryOutcome() {
    List<TrialOutcome> outcomes =
        List.of(
            new TrialOutcome.Failed("a"),
            new TrialOutcome.Invalid("b"),
            new TrialOutcome.TimedOut("c"),
            new TrialOutcome.NotApplicable("d"));
    for (int i = 0; i < outcomes.size(); i++) {
      TrialResult trial = new HandMade.Trial().seed(i).ended(outcomes.get(i));
      store.put(trial);
      assertEquals(Optional.of(trial), store.trial(trial.identity()));
    }
  }

  @Test
  void givesBackAPerplexityWithoutBound() {
    Scores scores =
        MadeScores.of(new RowCounts(0, 0), 1.0, Double.POSITIVE_INFINITY, Map.of("7", 1.0));
    TrialResult trial = new HandMade.Trial().after(scores).valid();
    store.put(trial);
    assertEquals(Optional.of(trial), store.trial(trial.identity()));
    assertEquals(List.of(), warnings);
  }

  @Test
  void refusesAPlaceThatIsAFile() throws IOException {
    Path file = folder.resolve("file");
    Files.createFile(file);
    unwritable(file);
    unwritable(file.resolve("below"));
  }

  @Test
  void refusesAPlaceTheSystemKeeps() {
    unwritable(Path.of("/proc/nepenthe"));
  }

  @Test
  void ignoresWhatAKilledWriterLeft() throws IOException {
    Files.writeString(folder.resolve("trials").resolve(".x.json.1234.part"), "{");
    assertEquals(List.of(), store.trials());
    assertEquals(List.of(), warnings);
  }

  @Test
  void aFolderWithoutARunSaysSo() {
    NepentheException e = assertThrows(NepentheException.class, store::info);
    assertEquals(ErrorCode.STORE_CORRUPT, e.code());
    assertTrue(e.getMessage().contains("there is no run.json"));
  }

  @Test
  void aDamagedRunIsSetAside() throws IOException {
    Files.writeString(folder.resolve("run.json"), "{\"schema\": 1");
    assertThrows(NepentheException.class, store::info);
    assertEquals(1, warnings.size());
    assertTrue(Files.notExists(folder.resolve("run.json")));
  }

  /** Sealed, so nothing is damaged: of a program that knows more. */
  @ParameterizedTest
  @CsvSource({
    "run.json, nepenthe-run/9",
    "plan.json, nepenthe-plan/9",
    "trials/a.json, nepenthe-trial/9",
    "originals/a.json, nepenthe-original/9",
    "timing/a.json, nepenthe-timing/9",
    "energy.json, nepenthe-energy/9"
  })
  void leavesFilesOfANewerProgramAlone(String name, String schema) throws IOException {
    Path file = folder.resolve(name);
    leavesAlone(file, schema, Json.pretty(SealedJson.seal(Map.of("schema", schema, "news", 1))));
    leavesAlone(
        file, schema, Json.pretty(Map.of("schema", schema, "contentHash", "of another kind")));
  }

  private void leavesAlone(Path file, String schema, String content) throws IOException {
    Files.writeString(file, content);
    open(); // as the next command that writes the run
    NepentheException e =
        assertThrows(
            NepentheException.class,
            () -> {
              store.found();
              store.plannedTrials();
              store.trials();
              store.originals();
              store.timings();
              store.energy();
            });
    assertEquals(ErrorCode.STORE_CORRUPT, e.code());
    assertTrue(
        e.getMessage()
            .startsWith(file + " was made by a newer Nepenthe (its schema is " + schema + ")"),
        e.getMessage());
    assertEquals(1, e.getMessage().lines().count());
    assertEquals(content, Files.readString(file));
    assertEquals(List.of(), warnings);
  }

  /** All else is as this program wrote it. */
  @Test
  void aNumberOfASchemaThatOnlyLooksNewerIsDamage() throws IOException {
    TrialResult trial = new HandMade.Trial().valid();
    store.put(trial);
    Path file = folder.resolve("trials").resolve(trial.id() + ".json");
    Files.writeString(file, Files.readString(file).replace("nepenthe-trial/3", "nepenthe-trial/7"));
    assertEquals(Optional.empty(), store.trial(trial.identity()));
    assertEquals(1, warnings.size());
  }

  @Test
  void setsAsideATrialWhoseIdentityWasEdited() throws IOException {
    TrialResult trial = new HandMade.Trial().valid();
    store.put(trial);
    Path file = folder.resolve("trials").resolve(trial.id() + ".json");
    Files.writeString(file, Files.readString(file).replace("\"seed\" : 0", "\"seed\" : 3"));
    assertEquals(Optional.empty(), store.trial(trial.identity()));
    assertEquals(1, warnings.size());
  }

  private static TimingResult timing(String host) {
    Provenance where = new Provenance("c", "17", "0", "0", "os", "cpu", 2, 1, null, null, 1, host);
    return new TimingResult(
        TimingResult.SCHEMA, "task", "act", "1", "hash", 1, null, List.of(), List.of(), where);
  }

  @Test
  void keepsReplacedTimingsAsideWithoutLosingAny() throws IOException {
    for (String host : List.of("aaaa", "bbbb", "aaaa", "../x")) {
      store.put(timing(host));
      assertEquals(List.of(timing(host)), store.timings());
      store.keepAside(timing(host));
      assertEquals(List.of(), store.timings());
    }
    Path others = folder.resolve("timing/other-machines");
    assertTrue(Files.readString(others.resolve("aaaa/task_act.json")).contains("aaaa"));
    assertTrue(Files.exists(others.resolve("aaaa/task_act-2.json")));
    assertTrue(Files.exists(others.resolve("bbbb/task_act.json")));
    assertTrue(Files.exists(others.resolve("___x/task_act.json")));
    assertEquals(List.of(), warnings);
  }

  @Test
  void setsAsideATimingUnderAnothersName() throws IOException {
    store.put(timing("aaaa"));
    Files.move(folder.resolve("timing/task_act.json"), folder.resolve("timing/task_zero.json"));
    assertEquals(List.of(), store.timings());
    assertEquals(1, warnings.size());
  }

  @Test
  void refusesATrialThatBreaksItsSchema() {
    TrialResult trial = new HandMade.Trial().after(HandMade.scores(0, 100, 50)).valid();
    TrialResult wrong = new HandMade.Trial().after(HandMade.scores(0, 101, 50)).valid();
    store.put(trial);
    assertThrows(IllegalStateException.class, () -> store.put(wrong));
  }

  @Test
  void noFlippedBitGivesAnotherTrial() throws IOException {
    TrialResult trial = new HandMade.Trial().valid();
    Path file = folder.resolve("trials").resolve(trial.id() + ".json");
    Random random = new Random(598);
    int noticed = 0;
    for (int i = 0; i < FLIPS; i++) {
      store.put(trial);
      byte[] bytes = Files.readAllBytes(file);
      bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
      Files.write(file, bytes);
      warnings.clear();
      Optional<TrialResult> read = store.trial(trial.identity());
      assertEquals(read.isEmpty(), warnings.size() == 1, warnings.toString());
      assertTrue(read.isEmpty() || read.get().equals(trial)); // a blank may become another
      noticed += read.isEmpty() ? 1 : 0;
    }
    assertTrue(noticed > FLIPS / 2, noticed + " of " + FLIPS);
  }

  @Test
  void aDamagedPlanIsSetAside() throws IOException {
    Path file = folder.resolve("plan.json");
    Map<String, Object> plan = Map.of("schema", "nepenthe-plan/2", "trials", List.of("a", "b"));
    Files.writeString(file, Json.pretty(SealedJson.seal(plan)));
    RunStore next = new RunStore(folder, warnings::add);
    next.create();
    assertEquals(Optional.of(Set.of("a", "b")), next.plannedTrials());
    Files.writeString(file, Files.readString(file).replace("\"b\"", "\"c\""));
    assertEquals(Optional.empty(), next.plannedTrials());
    assertEquals(1, warnings.size());
  }

  @Test
  void whoOnlyReadsLeavesDamagedFilesWhereTheyAre() throws IOException {
    TrialResult trial = new HandMade.Trial().valid();
    store.put(trial);
    store.put(PlannedTrials.of(HandMade.runFile("suite", "1.0", 0, "method")));
    store.put(timing("aaaa"));
    List<Path> damaged =
        List.of(
            folder.resolve("trials/" + trial.id() + ".json"),
            folder.resolve("plan.json"),
            folder.resolve("timing/task_act.json"),
            folder.resolve("originals/x.json"),
            folder.resolve("energy.json"));
    for (Path file : damaged) {
      Files.writeString(file, "{");
    }
    RunStore reader = new RunStore(folder, warnings::add);
    for (int i = 0; i < 2; i++) {
      assertEquals(List.of(), reader.trials());
      assertEquals(Optional.empty(), reader.plannedTrials());
      assertEquals(List.of(), reader.timings());
      assertEquals(List.of(), reader.originals());
      assertEquals(Optional.empty(), reader.energy());
    }
    assertEquals(damaged.size(), warnings.size(), warnings.toString());
    for (Path file : damaged) {
      assertEquals("{", Files.readString(file));
    }
    assertTrue(Files.notExists(folder.resolve("damaged")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "null", "[]", "3"})
  void tellsInPlainWordsThatAFileIsNoResult(String text) throws IOException {
    Files.writeString(folder.resolve("plan.json"), text);
    open();
    assertEquals(Optional.empty(), store.plannedTrials());
    assertTrue(warnings.get(0).contains("(it is no JSON object)"), warnings.toString());
  }

  @Test
  void aFolderInPlaceOfAResultIsSetAside() throws IOException {
    Files.createDirectory(folder.resolve("plan.json"));
    assertEquals(Optional.empty(), store.plannedTrials());
    assertTrue(warnings.get(0).contains("(it is a folder)"), warnings.toString());
    assertTrue(Files.notExists(folder.resolve("plan.json")));
  }

  /** A name that leads through a file cannot be read, whoever asks. */
  @Test
  void aFileThatTheSystemDoesNotHandOutIsNotDamaged() throws IOException {
    TrialResult trial = new HandMade.Trial().valid();
    store.put(trial);
    Path file = folder.resolve("trials/" + trial.id() + ".json");
    String whole = Files.readString(file);
    store.create(); // damaged files are set aside from now on
    Path kept = Files.move(file, file.resolveSibling("kept"));
    Files.createSymbolicLink(file, Path.of("/proc/self/mem")); // no user can read its beginning
    NepentheException e =
        assertThrows(NepentheException.class, () -> store.trial(trial.identity()));
    assertTrue(Files.isSymbolicLink(file));
    Files.move(kept, file, StandardCopyOption.REPLACE_EXISTING);
    assertEquals(ErrorCode.IO, e.code());
    assertEquals(whole, Files.readString(file));
    assertEquals(List.of(), warnings);
  }
}
