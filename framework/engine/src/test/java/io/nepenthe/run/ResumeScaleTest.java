package io.nepenthe.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nepenthe.json.Json;
import io.nepenthe.runstore.OriginalResult;
import io.nepenthe.runstore.RunStore;
import io.nepenthe.runstore.StrictResults;
import io.nepenthe.runstore.TrialIdentity;
import io.nepenthe.runstore.TrialResult;
import io.nepenthe.suite.Suite;
import io.nepenthe.summary.RunReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run as large as the paper's sweep, all of it done, and continued nevertheless. */
@Tag("slow")
class ResumeScaleTest {
  private static final int POINTS = 112;
  private static final int SEEDS = 1000;

  @TempDir private Path folder;

  @Test
  void aRunOf112000TrialsIsFoundWholeInAMinute() throws IOException {
    Path plugins = folder.resolve("plugins");
    double[] strengths = DoubleStream.iterate(0.001, each -> each + 0.001).limit(POINTS).toArray();
    TestMethods.jar(plugins, "shrinks", TestMethods.Shrinks.class, strengths);
    Path out = folder.resolve("out");
    Path cache = folder.resolve("cache");
    TinySuite.runInSilence(suite(1), plugins, out, cache);
    copySeeds(out, cache);
    long start = System.nanoTime();
    Listener listener = TinySuite.run(suite(SEEDS), plugins, out, cache);
    Duration resumed = Duration.ofNanos(System.nanoTime() - start);
    assertEquals(List.of(), listener.warnings());
    assertEquals(List.of(), listener.trainings());
    assertEquals(List.of(), listener.mitigations());
    assertEquals(POINTS * SEEDS, RunReader.read(new RunStore(out, line -> {})).trials().size());
    Duration read = Duration.ofNanos(System.nanoTime() - start).minus(resumed);
    System.out.printf("resumed in %s, read in %s%n", resumed, read);
    assertTrue(resumed.plus(read).compareTo(Duration.ofSeconds(60)) < 0, resumed + " + " + read);
  }

  private static Suite suite(int seeds) {
    return TinySuite.suite(LongStream.range(0, seeds).boxed().toList(), 120, "shrinks");
  }

  /** Makes results of further seeds, and records of their models, of those of the first. */
  private static void copySeeds(Path out, Path cache) throws IOException {
    RunStore store = new RunStore(out, line -> {});
    List<TrialResult> trials = store.trials();
    OriginalResult original = store.originals().get(0);
    Path record =
        TinySuite.training(0).checkpoints(cache).folder().resolve("passes-00060/training.json");
    for (long seed = 1; seed < SEEDS; seed++) {
      Path place = TinySuite.training(seed).checkpoints(cache).folder().resolve("passes-00060");
      Files.createDirectories(place);
      Files.copy(record, place.resolve("training.json"));
      write(out.resolve("originals"), other(original, seed));
    }
    LongStream.range(1, SEEDS)
        .parallel()
        .forEach(seed -> trials.forEach(trial -> write(out.resolve("trials"), other(trial, seed))));
  }

  private static ObjectNode other(OriginalResult original, long seed) {
    ObjectNode json = Json.mapper().valueToTree(original);
    return json.put("seed", seed).put("id", OriginalResult.id(original.task(), seed));
  }

  private static ObjectNode other(TrialResult trial, long seed) {
    ObjectNode json = Json.mapper().valueToTree(trial);
    ((ObjectNode) json.get("identity")).put("seed", seed);
    return json.put(
        "id", RunStore.id(Json.mapper().convertValue(json.get("identity"), TrialIdentity.class)));
  }

  /** Writes without waiting for the disk, which a store does for each file. */
  private static void write(Path place, ObjectNode json) {
    try {
      Files.writeString(
          place.resolve(json.get("id").asText() + ".json"), Json.pretty(StrictResults.seal(json)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
