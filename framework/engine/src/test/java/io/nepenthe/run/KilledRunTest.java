package io.nepenthe.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nepenthe.original.CheckpointStore;
import io.nepenthe.suite.Suite;
import io.nepenthe.suite.TrainingPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs whose processes are killed, compared with one that is left alone. */
class KilledRunTest {
  private static final Suite SUITE =
      TinySuite.suite(List.of(0L), 60, "shrinks", "splits", "fades", "folds");
  private static final int PATIENCE_SECONDS = 60;

  @TempDir private static Path folder;
  private static Path plugins;
  private static Path cache;
  private static Map<String, String> expected;

  @TempDir private Path temporary;

  @BeforeAll
  static void runUndisturbed() {
    plugins = folder.resolve("plugins");
    cache = folder.resolve("cache");
    TestMethods.jar(plugins, "shrinks", TestMethods.Shrinks.class, 0.5);
    TestMethods.jar(plugins, "splits", TestMethods.Splits.class, 0.1, 0.3);
    TestMethods.jar(plugins, "fades", TestMethods.Fades.class, 0.01);
    TestMethods.jar(plugins, "folds", TestMethods.Folds.class, 0.1);
    TinySuite.run(SUITE, plugins, folder.resolve("out"), cache);
    expected = TinySuite.lasting(folder.resolve("out"));
  }

  private void killWhen(Predicate<Path> moment, Path home) throws Exception {
    Process judge = ChildRun.start(SUITE, home, plugins, temporary.resolve("child.log"));
    long patience = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!moment.test(home)) {
      assertTrue(judge.isAlive(), () -> "ended too early: " + log());
      assertTrue(System.nanoTime() < patience, "the moment to kill never came");
      Thread.sleep(2);
    }
    List<ProcessHandle> workers = judge.descendants().toList();
    judge.destroyForcibly().waitFor();
    for (ProcessHandle worker : workers) { // they end by themselves
      worker.onExit().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
  }

  private String log() {
    try {
      return Files.readString(temporary.resolve("child.log"));
    } catch (IOException e) {
      return e.toString();
    }
  }

  private static long count(Path folder, String pattern) {
    if (!Files.isDirectory(folder)) {
      return 0;
    }
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(path -> path.getFileName().toString().matches(pattern)).count();
    } catch (IOException | java.io.UncheckedIOException e) {
      return 0; // something vanished meanwhile: look again
    }
  }

  @Test
  void aRunKilledAtSeveralMomentsEndsAsOneThatWasLeftAlone() throws Exception {
    Path home = temporary.resolve("home");
    killWhen(at -> count(at.resolve("cache"), "passes-00020") >= 1, home);
    killWhen(at -> count(at.resolve("out"), "mitigated-.*") >= 1, home);
    Listener listener = TinySuite.run(SUITE, plugins, home.resolve("out"), home.resolve("cache"));
    assertEquals(List.of(), listener.warnings());
    assertEquals(expected, TinySuite.lasting(home.resolve("out")));
    TinySuite.assertSameWeights(cache, home.resolve("cache"));
  }

  @Test
  void aTrainingWhoseWorkerIsKilledGoesOnInAnother() throws Exception {
    Path out = temporary.resolve("out");
    Path ownCache = temporary.resolve("cache");
    AtomicBoolean killed = new AtomicBoolean();
    Listener killer =
        new Listener() {
          @Override
          public void progressed(String what, long done, long total) {
            super.progressed(what, done, total);
            if (what.startsWith("train ")
                && count(ownCache, "passes-00020") >= 1
                && killed.compareAndSet(false, true)) {
              ProcessHandle.current().children().forEach(ProcessHandle::destroyForcibly);
            }
          }
        };
    Suite part = TinySuite.suite(List.of(0L), 60, "shrinks");
    TinySuite.prepared(part, plugins, out, ownCache, 1, killer).execute();
    assertEquals(1, killer.warnings().size());
    assertTrue(killer.warnings().get(0).contains("signal 9"), killer.warnings().get(0));
    Map<String, String> shrunk = TinySuite.lasting(out);
    assertEquals(1, shrunk.size());
    assertTrue(expected.entrySet().containsAll(shrunk.entrySet()));
    Path original = folderOf(cache, TinySuite.training(0));
    TinySuite.assertSameWeights(original, folderOf(ownCache, TinySuite.training(0)));
  }

  @Test
  void damagedCheckpointsAreSetAsideAndTrainedAgain() throws IOException {
    Path own = temporary.resolve("cache");
    TinySuite.copy(cache, own);
    Path training = folderOf(own, TinySuite.training(0));
    Path truncated = training.resolve("passes-00020/model.safetensors");
    byte[] whole = Files.readAllBytes(truncated);
    Files.write(truncated, Arrays.copyOf(whole, whole.length / 2));
    Path record = training.resolve("passes-00040/training.json");
    Files.writeString(record, Files.readString(record).replaceFirst("\"steps\" : ", "$01"));
    Path flipped = training.resolve("passes-00060/model.safetensors");
    whole = Files.readAllBytes(flipped);
    whole[whole.length - 100] ^= 1;
    Files.write(flipped, whole);
    Path out = temporary.resolve("out");
    Listener listener = TinySuite.run(SUITE, plugins, out, own);
    assertEquals(3, listener.warnings().size(), listener.warnings().toString());
    for (String warning : listener.warnings()) {
      assertTrue(warning.startsWith("checkpoint is damaged: "), warning);
      assertTrue(warning.contains("set aside"), warning);
      assertEquals(1, warning.lines().count());
    }
    try (Stream<Path> entries = Files.list(training)) {
      List<String> aside =
          entries
              .map(path -> path.getFileName().toString())
              .filter(name -> name.startsWith("damaged-passes-"))
              .map(name -> name.substring(0, "damaged-passes-00000".length()))
              .sorted()
              .toList();
      assertEquals(
          List.of("damaged-passes-00020", "damaged-passes-00040", "damaged-passes-00060"), aside);
    }
    assertEquals(expected, TinySuite.lasting(out));
  }

  @Test
  void noDamagedCheckpointIsFound() throws IOException {
    Path own = folderOf(cache, TinySuite.training(0));
    for (String file :
        List.of("model.safetensors", "optimizer.safetensors", "config.json", "training.json")) {
      for (String damage : List.of("empty", "truncated", "removed", "changed", "flipped")) {
        Path copy = temporary.resolve(file + damage);
        TinySuite.copy(own, folderOf(copy, TinySuite.training(0)));
        List<String> warnings = new ArrayList<>();
        CheckpointStore store = TinySuite.training(0).checkpoints(copy, warnings::add);
        assertTrue(store.find(20).isPresent());
        damage(damage, store.folder().resolve("passes-00020").resolve(file));
        assertTrue(store.find(20).isEmpty(), file + " " + damage);
        assertEquals(1, warnings.size(), file + " " + damage);
        assertEquals(TinySuite.PASSES, store.newest().orElseThrow().record().passes());
      }
    }
  }

  private static void damage(String how, Path file) throws IOException {
    byte[] whole = Files.readAllBytes(file);
    switch (how) {
      case "empty" -> Files.write(file, new byte[0]);
      case "truncated" -> Files.write(file, Arrays.copyOf(whole, whole.length - 5));
      case "removed" -> Files.delete(file);
      case "flipped" -> {
        whole[whole.length / 2] ^= 4;
        Files.write(file, whole);
      }
      default -> {
        for (int i = whole.length / 2; i < whole.length; i++) {
          if (whole[i] >= '1' && whole[i] <= '8') { // in JSON: another number, not another syntax
            whole[i] ^= 1;
            break;
          }
        }
        Files.write(file, whole);
      }
    }
  }

  private static Path folderOf(Path cacheFolder, TrainingPlan plan) {
    return plan.checkpoints(cacheFolder).folder();
  }
}
