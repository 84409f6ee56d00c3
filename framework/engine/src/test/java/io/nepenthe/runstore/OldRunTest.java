package io.nepenthe.runstore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nepenthe.json.Json;
import io.nepenthe.metric.Scores;
import io.nepenthe.plugin.EditedPart;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import io.nepenthe.suite.SelectionSpec;
import io.nepenthe.suite.TaskSpec;
import io.nepenthe.summary.RunReader;
import io.nepenthe.summary.StoredRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs that earlier versions of the program wrote: they must load as long as results live. */
class OldRunTest {
  private static final Path GOLDEN = Path.of("src/test/resources/golden");

  @TempDir private Path folder;
  private final List<String> warnings = new ArrayList<>();

  private StoredRun golden(String name) throws IOException {
    copy(name);
    StoredRun run = RunReader.read(new RunStore(folder, warnings::add));
    assertEquals(List.of(), warnings);
    return run;
  }

  private void copy(String name) throws IOException {
    Path golden = GOLDEN.resolve(name);
    try (Stream<Path> all = Files.walk(golden)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        Path copy = folder.resolve(golden.relativize(file).toString());
        Files.createDirectories(copy.getParent());
        Files.copy(file, copy);
      }
    }
  }

  @Test
  void aRunOfTheSecondSchemasIsToldFromItsSentencesAndIds() throws IOException {
    StoredRun run = golden("run-2");
    assertEquals(4, run.trials().size());
    assertFalse(run.info().holdsDefinition());
    TaskInfo task = run.info().task("math-noise");
    assertEquals("noise", task.artifact());
    assertEquals(2, task.layers());
    assertEquals(90, task.auxiliaryRows());
    assertNull(task.chunks());
    assertTrue(task.note().startsWith("additive sequences of 8 numbers in 40 tokens"));
    assertEquals(EditedPart.NEURONS, run.info().method("act").edits());
    assertEquals(EditedPart.WEIGHTS, run.info().method("durable").edits());
    assertEquals("Extra FT", run.info().method("extra-fine-tuning").paperName());
    assertEquals(
        SelectionSpec.MATH.limitedBy("extra-fine-tuning"), run.info().selection("math-noise"));
    assertEquals("Extra fine-tuning", run.selection().get(0).limitedBy());
  }

  @Test
  void aRunThatHoldsNoSuiteSaysSo() throws IOException {
    golden("run-2");
    RunStore store = new RunStore(folder, warnings::add);
    NepentheException e = assertThrows(NepentheException.class, store::definition);
    assertEquals(ErrorCode.BAD_USAGE, e.code());
    assertTrue(e.getMessage().contains("Name the suite."), e.getMessage());
  }

  @Test
  void theSentencesOfTextAreRead() {
    TaskInfo own =
        OldRuns.task(
            "noise-l4",
            "synthetic text made up by this program (no real corpus) in chunks of 150 GPT-2 ids,"
                + " the first 2000, vocabulary restricted to the ids that occur: perplexities"
                + " compare within this task only, 40 chunks with noise (rate 0.1), repeated 1, 10"
                + " times; prompt 50, compare 50; GPT-2 of 4 layers, width 128; 51 passes");
    assertTrue(own.isSynthetic());
    assertTrue(own.hasOwnVocabulary());
    assertEquals(2000, own.chunks());
    assertEquals(4, own.layers());
    assertNull(OldRuns.task("both", "noise and backdoors").artifact());
    assertEquals("pythia-2.8b", OldRuns.task("language", "Pythia 2.8B").model());
  }

  @Test
  void aRunThatHoldsItsDefinitionIsReadAsItWasWritten() throws IOException {
    StoredRun run = golden("run-3");
    assertTrue(run.info().holdsDefinition());
    RunFile file = new RunStore(folder, warnings::add).definition();
    assertEquals("extra-fine-tuning", file.selection().get("math-noise").limit());
    assertEquals(run.info(), file.info());
    for (TrialResult trial : run.trials()) {
      TaskSpec task =
          file.suite().tasks().stream()
              .filter(each -> each.id().equals(trial.identity().task()))
              .findFirst()
              .orElseThrow();
      assertEquals(trial.identity().taskHash(), task.hash(), "the definition is the task's own");
    }
  }

  @Test
  void aRunFileThatBreaksItsSchemaIsNoRun() throws IOException {
    golden("run-3");
    Path file = folder.resolve("run.json");
    ObjectNode json = (ObjectNode) Json.mapper().readTree(Files.readAllBytes(file));
    json.remove("contentHash");
    ((ObjectNode) json.path("methods").path(0)).put("sha256", "none");
    Files.writeString(file, Json.pretty(SealedJson.seal(json)));
    assertTrue(new RunStore(folder, warnings::add).found().isEmpty());
    assertTrue(warnings.get(0).contains("sha256"), warnings.toString());
  }

  @Test
  void aRunOfTheFirstSchemasLoadsWithoutSealsHalvesAndRulesOnRequest() throws IOException {
    copy("run-1");
    StoredRun run = RunReader.read(RunStore.allowingOld(folder, warnings::add));
    assertEquals(
        Set.of("run.json", "plan.json", "originals", "trials"),
        warnings.stream()
            .filter(line -> line.endsWith("nothing tells whether it is what was measured"))
            .map(
                line ->
                    folder
                        .relativize(Path.of(line.substring(0, line.indexOf(" has no seal"))))
                        .toString())
            .collect(Collectors.toSet()));
    assertEquals(4, warnings.size(), "one line for each kind of file");
    assertEquals(
        SelectionSpec.MATH.limitedBy("extra-fine-tuning"), run.info().selection("math-noise"));
    TrialResult trial = run.trials().get(0);
    Scores after = Objects.requireNonNull(trial.after());
    assertEquals(14, after.memorization().memorized());
    assertNull(trial.afterSplit());
    assertEquals(List.of(), trial.curve());
    assertEquals(1, run.originals().size());
    assertNull(run.originals().get(0).split());
  }

  /** Whoever takes the seal off a result may call it old. */
  @ParameterizedTest
  @ValueSource(strings = {"run.json", "trials", "originals", "timing", "plan.json"})
  void noResultWithoutASealIsTakenUnasked(String kind) throws IOException {
    copy("run-1");
    Files.writeString(folder.resolve("plan.json"), "{\"trials\": []}");
    Files.createDirectories(folder.resolve("timing"));
    Files.copy(GOLDEN.resolve("timing-1.json"), folder.resolve("timing/math-noise_act.json"));
    Map<String, String> before = contents();
    NepentheException e = assertThrows(NepentheException.class, () -> read(kind));
    assertEquals(ErrorCode.STORE_CORRUPT, e.code());
    assertTrue(e.getMessage().startsWith(folder.resolve(kind) + " is of the first version"));
    assertTrue(e.getMessage().contains("--allow-old"), e.getMessage());
    assertEquals(1, e.getMessage().lines().count());
    assertEquals(before, contents(), "nothing is deleted or set aside");
    assertEquals(List.of(), warnings);
  }

  private void read(String kind) {
    RunStore store = new RunStore(folder, warnings::add);
    switch (kind) {
      case "run.json" -> store.info();
      case "trials" -> store.trials();
      case "originals" -> store.originals();
      case "timing" -> store.timings();
      default -> store.plannedTrials();
    }
  }

  private Map<String, String> contents() throws IOException {
    Map<String, String> contents = new TreeMap<>();
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        contents.put(folder.relativize(file).toString(), Files.readString(file));
      }
    }
    return contents;
  }

  /** What its own program always sealed is damaged without. */
  @Test
  void onlyWhatNeverHadASealMayLackIt() throws IOException {
    golden("run-3");
    Path run = folder.resolve("run.json");
    ObjectNode json = (ObjectNode) Json.mapper().readTree(Files.readAllBytes(run));
    json.remove("contentHash");
    Files.writeString(run, Json.pretty(json));
    assertTrue(RunStore.allowingOld(folder, warnings::add).found().isEmpty());
    assertTrue(warnings.get(0).contains("is damaged"), warnings.toString());
  }
}
