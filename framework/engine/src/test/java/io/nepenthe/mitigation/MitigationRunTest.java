package io.nepenthe.mitigation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import io.nepenthe.checkpoint.ModelFolder;
import io.nepenthe.corpus.Corpora;
import io.nepenthe.data.Sequences;
import io.nepenthe.files.Folders;
import io.nepenthe.model.LanguageModel;
import io.nepenthe.pluginhost.PluginCatalog;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import io.nepenthe.run.RunListener;
import io.nepenthe.run.RunPlan;
import io.nepenthe.run.TestMethods;
import io.nepenthe.run.TinySuite;
import io.nepenthe.runstore.TrialResult;
import io.nepenthe.suite.FurtherTraining;
import io.nepenthe.summary.RunReader;
import io.nepenthe.tensor.FloatType;
import io.nepenthe.tensor.Torch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Mitigations of tiny models, their workers in this process. */
class MitigationRunTest {
  private static final Sequences NOISE = MemorizingModel.noise(8, 1);

  @TempDir private static Path shared;
  private static Path plugins;
  private static Path model;

  @TempDir private Path folder;

  @BeforeAll
  static void train() throws IOException {
    plugins = shared.resolve("plugins");
    TestMethods.jar(plugins, "forgets", Forgets.class, Forgets.SAID, 0.5);
    TestMethods.jar(plugins, "shrinks", TestMethods.Shrinks.class, 0.5);
    model = shared.resolve("gpt2");
    MemorizingModel.write(model, "gpt2", NOISE);
  }

  private RowInputs inputs(Path of) throws IOException {
    Path forget = folder.resolve("forget.csv");
    Path retain = folder.resolve("retain.csv");
    if (!Files.exists(forget)) {
      NOISE.concat(MemorizingModel.noise(2, 9)).writeCsv(forget);
      MemorizingModel.counting(MemorizingModel.VOCABULARY).writeCsv(retain);
    }
    return new RowInputs(of, forget, retain, null, null, 8, 8, null, null, 0, FloatType.FLOAT32);
  }

  private MitigationRun.Outcome run(Path of, @Nullable Integer trials, String... methods)
      throws IOException {
    return run(of, trials, (store, held) -> RunReader.read(store), methods);
  }

  private MitigationRun.Outcome run(
      Path of, @Nullable Integer trials, MitigationRun.Publisher publisher, String... methods)
      throws IOException {
    LanguageModel languageModel = ModelFolder.readModel(of);
    Mitigation mitigation =
        new Mitigation(inputs(of), languageModel, new Corpora(List.of(), folder, line -> {}));
    MitigationFolder out = out();
    MitigationSuite suite =
        new MitigationSuite(
            List.of(methods),
            values(methods),
            0,
            out.threads(null, 1),
            "cpu",
            FloatType.FLOAT32,
            new FurtherTraining(16, 5e-3, 0.0));
    PreparedRows rows = mitigation.prepare(out, suite);
    PluginCatalog catalog = PluginCatalog.scan(List.of(plugins));
    suite.check(catalog);
    RunPlan plan = RunPlan.of(suite.of(of, languageModel, out.rows(), rows, catalog), catalog);
    return new MitigationRun(
            of,
            languageModel,
            plan,
            out,
            new MitigationClock(out, null, System.nanoTime(), System::nanoTime),
            run -> TinySuite.inThisProcess(run, folder.resolve("cache")),
            new Silent())
        .execute(mitigation.speed(rows), trials, publisher);
  }

  private static Map<String, List<Object>> values(String... methods) {
    Map<String, List<Object>> values =
        new HashMap<>(
            Map.of(
                "forgets.strength", List.of(0.01, 0.04),
                "shrinks.strength", List.of(0.9)));
    values
        .keySet()
        .removeIf(name -> !List.of(methods).contains(name.substring(0, name.indexOf('.'))));
    return values;
  }

  private MitigationFolder out() {
    return new MitigationFolder(folder.resolve("out"));
  }

  private static final class Silent implements RunListener {
    @Override
    public void progressed(String what, long done, long total) {}

    @Override
    public void warned(String line) {
      throw new AssertionError(line);
    }
  }

  private static Set<String> tried(MitigationRun.Outcome outcome) {
    return outcome.stored().trials().stream()
        .map(trial -> trial.identity().method() + trial.identity().hyperparameters())
        .collect(Collectors.toSet());
  }

  /** Fails unless the model handed over is the one that was measured. */
  private void assertHandedOver(MitigationRun.Outcome outcome, Path of) {
    BestTrial best = outcome.best().orElseThrow();
    assertTrue(best.isBetter());
    TrialResult trial =
        outcome.stored().trials().stream()
            .filter(each -> each.id().equals(best.trial()))
            .findAny()
            .orElseThrow();
    try (NDManager manager = Torch.newManager(Torch.device("cpu"))) {
      LanguageModel languageModel = ModelFolder.readModel(of);
      assertEquals(
          trial.mitigatedHash(),
          ModelFolder.readWeights(out().model(), languageModel, manager).hash());
    }
    assertEquals(Optional.of(trial.id()), out().handedOver());
    assertFalse(Files.exists(out().kept()));
    assertFalse(Files.exists(out().again()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"gpt2", "gpt_neox", "llama"})
  void theBestSettingOfAllMethodsIsHandedOver(String architecture) throws IOException {
    Path of = shared.resolve(architecture);
    if (!Files.exists(of)) {
      MemorizingModel.write(of, architecture, NOISE);
    }
    Files.writeString(of.resolve("tokenizer.json"), "{}");
    MitigationRun.Outcome outcome = run(of, null, "forgets", "shrinks");
    assertEquals(
        Set.of("forgets{strength=0.01}", "forgets{strength=0.04}", "shrinks{strength=0.9}"),
        tried(outcome));
    BestTrial best = outcome.best().orElseThrow();
    assertEquals("forgets", best.method());
    assertTrue(best.isHeldOut());
    assertHandedOver(outcome, of);
    assertTrue(Files.exists(out().model().resolve("tokenizer.json")));
    PreparedRows rows = PreparedRows.read(out().rows());
    assertEquals(10, rows.candidates());
    assertEquals(8, rows.forget());
    assertEquals(100.0, outcome.stored().originals().get(0).scores().memorizedPercent());
  }

  @Test
  void aLaterCallGoesOnWhereAnEarlierOneStopped() throws IOException {
    MitigationRun.Outcome first = run(model, 1, "forgets");
    assertEquals(Set.of("forgets{strength=0.01}"), tried(first));
    assertEquals(1, first.stored().completeness().absent().size());
    MitigationRun.Outcome all = run(model, null, "forgets");
    assertEquals(Set.of("forgets{strength=0.01}", "forgets{strength=0.04}"), tried(all));
    assertHandedOver(all, model);
    assertTrue(out().spentSeconds() > 0);
  }

  @Test
  void aCallThatWasKilledAsItHandedOverLosesNothing() throws IOException {
    MitigationRun.Publisher killed =
        (store, held) -> {
          throw new IllegalStateException("killed");
        };
    assertThrows(IllegalStateException.class, () -> run(model, null, killed, "forgets"));
    Path half = Files.createDirectories(folder.resolve("out/model.new"));
    Files.writeString(half.resolve("model.safetensors"), "half");
    Map<Path, FileTime> trials = trials();
    double spent = out().spentSeconds();
    MitigationRun.Outcome all = run(model, null, "forgets");
    assertHandedOver(all, model);
    assertEquals(trials, trials());
    assertFalse(Files.exists(half));
    assertTrue(out().spentSeconds() > spent && spent > 0);
  }

  private Map<Path, FileTime> trials() throws IOException {
    Map<Path, FileTime> written = new HashMap<>();
    try (Stream<Path> files = Files.list(folder.resolve("out/run/trials"))) {
      for (Path file : files.toList()) {
        written.put(file, Files.getLastModifiedTime(file));
      }
    }
    return written;
  }

  @Test
  void aMitigationGoesOnWithTheThreadsItBeganWith() throws IOException {
    assertEquals(5, out().threads(null, 5));
    assertEquals(3, out().threads(3, 5));
    run(model, 1, "forgets");
    assertEquals(1, out().threads(null, 5));
    assertEquals(1, out().threads(1, 5));
    NepentheException e = assertThrows(NepentheException.class, () -> out().threads(3, 5));
    assertEquals(ErrorCode.BAD_USAGE, e.code());
    assertTrue(e.getMessage().contains("is of a mitigation with --threads 1"), e.getMessage());
  }

  @Test
  void whereAnotherModelWasKeptTheBestOneIsMadeAgain() throws IOException {
    run(model, null, "forgets");
    Folders.delete(out().model());
    MitigationRun.Outcome again = run(model, null, "forgets");
    assertHandedOver(again, model);
  }

  @Test
  void whatMakesAModelNoBetterIsNotHandedOver() throws IOException {
    MitigationRun.Outcome outcome = run(model, null, "shrinks");
    assertFalse(outcome.best().orElseThrow().isBetter());
    assertFalse(Files.exists(out().model()));
  }

  @Test
  void anotherMitigationNeedsAnotherFolder() throws IOException {
    run(model, 1, "forgets");
    MemorizingModel.noise(3, 1).writeCsv(folder.resolve("forget.csv"));
    NepentheException e = assertThrows(NepentheException.class, () -> run(model, null, "forgets"));
    assertEquals(ErrorCode.BAD_USAGE, e.code());
    assertTrue(e.getMessage().endsWith("with another --forget. Choose another --out folder."));
  }

  @Test
  void aModelThatReproducesNoRowHasNothingToForget() throws IOException {
    MemorizingModel.noise(3, 77).writeCsv(folder.resolve("forget.csv"));
    MemorizingModel.counting(6).writeCsv(folder.resolve("retain.csv"));
    NepentheException e = assertThrows(NepentheException.class, () -> run(model, null, "forgets"));
    assertEquals(ErrorCode.BAD_DATA, e.code());
    assertTrue(e.getMessage().contains("reproduces none of the 3 rows"), e.getMessage());
  }
}
