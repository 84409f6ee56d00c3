package io.nepenthe.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.nepenthe.docs.PublishedSchemas;
import io.nepenthe.files.Folders;
import io.nepenthe.json.Json;
import io.nepenthe.provenance.Provenance;
import io.nepenthe.runstore.RunStore;
import io.nepenthe.runstore.TimingResult;
import io.nepenthe.runstore.TrialResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Times winners in real forks. The model trains longer here, so that there is one to forget. */
class TimeCommandTest {
  private static final String ELSEWHERE = "\"host\" : \"elsewhere\"";

  private static final String SUITE =
      NepentheTest.MEMORIZING.replace("no-mitigation", "random-pruning\n    grid: {ratio: [0.1]}");

  @TempDir private static Path home;

  @TempDir private Path folder;
  private Path out;
  private Path timing;
  private String suite;

  @BeforeAll
  static void sweep() throws IOException {
    Path file = Files.writeString(home.resolve("tiny.yaml"), SUITE);
    String out = home.resolve("out").toString();
    CommandLineRun run =
        CommandLineRun.of(home, "run", file.toString(), "--out", out, "--no-timing");
    assertEquals(0, run.exitCode(), run.err());
  }

  @BeforeEach
  void copy() throws IOException {
    out = folder.resolve("out");
    FolderCopy.of(home.resolve("out"), out);
    timing = out.resolve("timing/tiny-noise_random-pruning.json");
    suite = Files.writeString(folder.resolve("tiny.yaml"), SUITE).toString();
  }

  private CommandLineRun run(String... more) {
    return nepenthe("run", more);
  }

  private CommandLineRun time(String... more) {
    return nepenthe("time", more);
  }

  private CommandLineRun nepenthe(String command, String... more) {
    List<String> arguments = new java.util.ArrayList<>(List.of(command));
    arguments.addAll(
        command.equals("run") ? List.of(suite, "--out", out.toString()) : List.of(out.toString()));
    arguments.addAll(List.of(more));
    return CommandLineRun.of(home, arguments.toArray(String[]::new));
  }

  private JsonNode timed() throws IOException {
    return Json.mapper().readTree(timing.toFile());
  }

  /** Stores the timing as another machine would have: what is edited by hand counts as damaged. */
  private void pretendAnotherMachine() {
    RunStore store =
        new RunStore(
            out,
            line -> {
              throw new AssertionError(line);
            });
    TimingResult here = store.timings().get(0);
    Provenance place = here.provenance();
    store.put(
        new TimingResult(
            here.schema(),
            here.task(),
            here.method(),
            here.methodVersion(),
            here.jarSha256(),
            here.forks(),
            here.errorSeconds(),
            here.seeds(),
            here.shots(),
            new Provenance(
                place.gitCommit(),
                place.jdk(),
                place.djl(),
                place.libtorch(),
                place.os(),
                place.cpu(),
                place.logicalCores(),
                place.memoryBytes(),
                place.gpu(),
                place.driver(),
                place.threads(),
                "elsewhere")));
  }

  @Test
  void winnersAreTimedInThreeForksWithScoreErrorAndOtherLoad() throws IOException {
    JsonNode row = run("--json").json().get(1);
    JsonNode timed = timed();
    assertEquals(3, timed.path("forks").asInt());
    int shots = timed.path("shots").size();
    int inEachRound = 3 * timed.path("seeds").size();
    assertEquals(inEachRound, shots % (2 * inEachRound), "an odd number of rounds");
    assertEquals(Set.of("0", "1", "2"), new TreeSet<>(timed.findValuesAsText("fork")));
    for (JsonNode shot : timed.path("shots")) {
      assertTrue(shot.path("seconds").asDouble() > 0);
      assertTrue(shot.path("otherLoad").isNumber(), "other load is known on this machine");
    }
    for (JsonNode seed : timed.path("seeds")) {
      assertTrue(seed.path("errorSeconds").asDouble() > 0);
    }
    assertEquals("jmh", row.path("secondsSource").asText());
    assertEquals(timed.path("errorSeconds"), row.path("secondsError"));
    assertTrue(row.path("sweepSeconds").path("mean").asDouble() > 0);
    PublishedSchemas.assertRunIsValid(out);
  }

  /** Here, as the winners of a run that is done are needed, which take a sweep. */
  @Test
  void winnersOfARunThatIsDoneAreChallengedByAnotherSuite() throws IOException {
    CommandLineRun none = nepenthe("challenge");
    assertEquals(2, none.exitCode(), none.err());
    assertTrue(none.err().contains("names no challenges"), none.err());
    String other = SUITE.replace("tasks:", "challenges: [{kind: rounding}]\ntasks:");
    String file = Files.writeString(folder.resolve("challenged.yaml"), other).toString();
    CommandLineRun first = nepenthe("challenge", "--suite", file);
    assertEquals(0, first.exitCode(), first.err());
    Path challenges = out.resolve("challenges");
    PublishedSchemas.assertAreValid("challenge", challenges);
    FolderCopy.of(challenges, folder.resolve("before"));
    assertEquals(0, nepenthe("challenge").exitCode()); // the run knows them now
    for (String model : List.of("original", "random-pruning")) {
      for (int seed = 0; seed < 2; seed++) {
        Path result = only(challenges, "tiny-noise_s" + seed + "_" + model + "_");
        Path before = folder.resolve("before").resolve(result.getFileName());
        assertEquals(-1, Files.mismatch(before, result), result.toString());
      }
    }
  }

  private static Path only(Path folder, String beginning) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> found =
          files.filter(file -> file.getFileName().toString().startsWith(beginning)).toList();
      assertEquals(1, found.size(), beginning + ": " + found);
      return found.get(0);
    }
  }

  @Test
  void timesOfTwoMachinesAreNotMixed() throws IOException {
    assertEquals(0, run("--forks", "1").exitCode());
    long first = Files.getLastModifiedTime(timing).toMillis();
    assertEquals(0, run("--forks", "1").exitCode());
    assertEquals(first, Files.getLastModifiedTime(timing).toMillis(), "timed already");
    pretendAnotherMachine();

    time().isMistake(2, "were timed on machine elsewhere (");
    time().isMistake(2, "Give --replace-timings to keep those in timing/other-machines");
    assertEquals(0, run().exitCode(), "nothing is left to time, so nothing is mixed");
    assertTrue(Files.readString(timing).contains(ELSEWHERE));

    assertEquals(0, time("--forks", "2", "--replace-timings").exitCode());
    assertFalse(Files.readString(timing).contains("elsewhere"));
    assertEquals(2, timed().path("forks").asInt());
    Path kept = out.resolve("timing/other-machines/elsewhere/tiny-noise_random-pruning.json");
    assertTrue(Files.readString(kept).contains(ELSEWHERE));
  }

  @Test
  void aRunThatMayNotTimeStillWritesItsReport() throws IOException {
    assertEquals(0, run("--forks", "1").exitCode());
    pretendAnotherMachine();
    Files.writeString( // the winners of another grid are not timed yet
        Path.of(suite), Files.readString(Path.of(suite)).replace("[0.1]", "[0.2]"));
    Files.delete(out.resolve("report/index.html"));
    CommandLineRun refused = run();
    assertEquals(2, refused.exitCode(), refused.err());
    assertTrue(refused.err().contains("were timed on machine elsewhere ("), refused.err());
    assertTrue(Files.exists(out.resolve("report/index.html")));
    assertTrue(Files.readString(timing).contains(ELSEWHERE));
    assertEquals(0, run("--forks", "1", "--replace-timings").exitCode());
  }

  /** Stores the trials as if the judge had seen other weights than a repetition leaves. */
  private void pretendOtherWeights() {
    RunStore store = new RunStore(out, line -> {});
    for (TrialResult trial : store.trials()) {
      store.put(
          new TrialResult(
              trial.schema(),
              trial.id(),
              trial.identity(),
              trial.methodName(),
              trial.family(),
              trial.outcome(),
              trial.before(),
              trial.after(),
              trial.beforeSplit(),
              trial.afterSplit(),
              trial.time(),
              trial.changedEntries(),
              "0".repeat(64),
              trial.curve(),
              trial.peakMemoryBytes(),
              trial.peakDeviceMemoryBytes(),
              trial.provenance(),
              trial.finishedAt()));
    }
  }

  @Test
  void aTimingThatLeavesOtherWeightsIsAFailureAndTheSameCommandTriesAgain() throws IOException {
    pretendOtherWeights();
    CommandLineRun failed = run("--forks", "1");
    assertEquals(12, failed.exitCode(), failed.err());
    assertTrue(
        failed.err().contains("timing of random-pruning on tiny-noise failed: when timed, "),
        failed.err());
    assertTrue(failed.err().contains(" left other weights than those judged"), failed.err());
    assertTrue(failed.err().contains("1 of 1 timings failed"), failed.err());
    assertFalse(Files.exists(timing));
    assertTrue(Files.exists(out.resolve("report/index.html")));

    Folders.delete(out.resolve("trials"));
    FolderCopy.of(home.resolve("out/trials"), out.resolve("trials"));
    assertEquals(0, run("--forks", "1").exitCode());
    assertTrue(Files.exists(timing));
  }

  @Test
  void aDeviceThatIsNotHereIsAMistake() {
    time("--device", "gpu99").isMistake(2, "--device is gpu99, PyTorch here can use ");
    time("--device", "tpu").isMistake(2, "--device is 'tpu', must be cpu, gpu, gpu1");
    run("--forks", "0").isMistake(2, "--forks is 0, must be at least 1");
  }
}
