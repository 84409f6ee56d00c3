package io.nepenthe.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.nepenthe.docs.PublishedSchemas;
import io.nepenthe.exchange.TrialTime;
import io.nepenthe.json.Json;
import io.nepenthe.metric.RowCounts;
import io.nepenthe.metric.Scores;
import io.nepenthe.plugin.Family;
import io.nepenthe.provenance.Provenance;
import io.nepenthe.runstore.RunStore;
import io.nepenthe.runstore.TrialIdentity;
import io.nepenthe.runstore.TrialOutcome;
import io.nepenthe.runstore.TrialResult;
import io.nepenthe.testkit.MadeScores;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands {@code leaderboard} and {@code compare} on runs made by hand. */
class LeaderboardCommandTest {
  private static final String HASH = "0".repeat(64);
  private static final Provenance HERE =
      new Provenance("none", "17", "0", "0", "none", "A CPU", 2, 1, null, null, 1, "none");

  @TempDir private Path folder;

  private CommandLineRun nepenthe(String... arguments) {
    return CommandLineRun.of(folder, arguments);
  }

  /** Stores a run of three seeds in which a method leaves that many of 100 rows memorized. */
  private String run(String name, String method, int memorized) {
    RunStore store = new RunStore(folder.resolve(name), line -> {});
    store.create();
    store.put(MadeRuns.file(List.of(0L, 1L, 2L), Map.of(method, List.of(0.1)), HERE));
    for (long seed = 0; seed < 3; seed++) {
      store.put(MadeRuns.original(seed, scores(80), HERE));
      store.put(trial(method, seed, memorized));
    }
    return store.folder().toString();
  }

  private static TrialResult trial(String method, long seed, int memorized) {
    TrialIdentity identity = MadeRuns.identity(method, seed, 0.1, "cpu");
    return new TrialResult(
        TrialResult.SCHEMA,
        RunStore.id(identity),
        identity,
        method,
        Family.UNLEARNING,
        new TrialOutcome.Valid(),
        scores(80),
        scores(memorized),
        null,
        null,
        new TrialTime(1, null, null),
        1L,
        HASH,
        List.of(),
        null,
        null,
        HERE,
        "2025-01-01T00:00:00Z");
  }

  private static Scores scores(int memorized) {
    return MadeScores.of(new RowCounts(memorized, 100), 90.0, 2, Map.of("7", 90.0));
  }

  /**
   * A run of the first versions, without seals; and what anybody makes one of by taking them off.
   */
  private String withoutSeals() throws IOException {
    Path old = Path.of("../framework/engine/src/test/resources/golden/run-1");
    Path copy = folder.resolve("old");
    try (Stream<Path> all = Files.walk(old)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        Path target = copy.resolve(old.relativize(file).toString());
        Files.createDirectories(target.getParent());
        Files.copy(file, target);
      }
    }
    return copy.toString();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "report OLD",
        "compare OLD OLD",
        "energy OLD",
        "leaderboard OLD NEW --out PLACE",
        "time OLD",
        "run OLD",
        "submit OLD --author a --licence MIT --contact a@example.org"
      })
  void resultsWithoutASealAreReadOnRequestOnly(String command) throws IOException {
    String old = withoutSeals();
    CommandLineRun refused =
        nepenthe(
            command
                .replace("OLD", old)
                .replace("NEW", run("new", "zero", 10))
                .replace("PLACE", folder.resolve("board").toString())
                .split(" "));
    assertEquals(7, refused.exitCode(), refused.err());
    assertEquals(1, refused.err().lines().count(), refused.err());
    assertTrue(
        refused.err().startsWith("nepenthe: " + old + "/run.json is of the first version"),
        refused.err());
    assertFalse(Files.exists(folder.resolve("board")));
    assertFalse(Files.exists(Path.of(old, "damaged")));
  }

  @Test
  void onRequestResultsWithoutASealAreReadAndSaidToHaveNone() throws IOException {
    String old = withoutSeals();
    CommandLineRun compared = nepenthe("compare", "--allow-old", old, old);
    assertTrue(compared.err().contains(old + "/trials has no seal"), compared.err());
    assertTrue(compared.out().contains("math-noise"), compared.out());
  }

  @Test
  void writesALeaderboardOfSeveralRuns() throws IOException {
    String out = folder.resolve("board").toString();
    String[] arguments = {
      "leaderboard", run("a", "good", 10), run("b", "bad", 70), "--out", out, "--json"
    };
    JsonNode board = nepenthe(arguments).json();
    assertEquals(
        List.of("good", "bad"), board.at("/boards/0/tasks/0/entries").findValuesAsText("method"));
    byte[] page = Files.readAllBytes(folder.resolve("board/leaderboard.html"));
    assertEquals(board, Json.mapper().readTree(folder.resolve("board/leaderboard.json").toFile()));
    CommandLineRun again = nepenthe("leaderboard", folder + "/b", folder + "/a", "--out", out);
    assertEquals(0, again.exitCode(), again.err());
    assertTrue(again.out().contains("  1  good"), again.out());
    assertTrue(again.err().contains("leaderboard.html"), again.err());
    assertEquals(
        new String(page, StandardCharsets.UTF_8),
        Files.readString(folder.resolve("board/leaderboard.html")));
  }

  /** Returns the text of every file of a report, by its name; of pictures nothing. */
  private static Map<String, String> texts(Path report) throws IOException {
    Map<String, String> texts = new TreeMap<>();
    try (Stream<Path> all = Files.walk(report)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        boolean isPicture = file.toString().matches(".*\\.(png|pdf)");
        texts.put(report.relativize(file).toString(), isPicture ? "" : Files.readString(file));
      }
    }
    return texts;
  }

  @Test
  void aMethodThatLeavesTheSuiteLeavesTheReport() throws IOException {
    RunStore store = new RunStore(folder.resolve("a"), line -> {});
    store.create();
    Map<String, List<Number>> both = new TreeMap<>();
    both.put("kept", List.of(0.1));
    both.put("dropped", List.of(0.1));
    store.put(MadeRuns.file(List.of(0L, 1L, 2L), both, HERE));
    for (long seed = 0; seed < 3; seed++) {
      store.put(MadeRuns.original(seed, scores(80), HERE));
      store.put(trial("kept", seed, 10));
      store.put(trial("dropped", seed, 40));
    }
    Path report = store.folder().resolve("report");
    assertEquals(0, nepenthe("report", store.folder().toString()).exitCode());
    Map<String, String> before = texts(report);
    assertTrue(before.containsKey("trials/task_dropped.html"), before.keySet().toString());

    store.put(MadeRuns.file(List.of(0L, 1L, 2L), Map.of("kept", List.of(0.1)), HERE));
    assertEquals(0, nepenthe("report", store.folder().toString()).exitCode());
    Map<String, String> after = texts(report);
    assertTrue(after.containsKey("trials/task_kept.html"), after.keySet().toString());
    after.forEach((name, text) -> assertFalse((name + text).contains("dropped"), name));
    Path fresh = folder.resolve("fresh");
    nepenthe("report", store.folder().toString(), "--out", fresh.toString());
    assertEquals(texts(fresh).keySet(), after.keySet());
  }

  @Test
  void aJarIsVouchedForByItsHash() throws IOException {
    String there = run("a", "good", 10);
    String out = folder.resolve("board").toString();
    nepenthe("leaderboard", there, "--out", out, "--jar", "good=0123")
        .isMistake(2, "--jar is 'good=0123', must be ID=SHA256");
    String other = "good=" + "1".repeat(64);
    JsonNode board = nepenthe("leaderboard", there, "--out", out, "--jar", other, "--json").json();
    JsonNode entry = board.at("/boards/0/tasks/0/entries/0");
    assertTrue(entry.path("place").isNull());
    assertTrue(entry.at("/notPlaced/0").asText().startsWith("the id good belongs to another jar"));
  }

  @Test
  void whatARunLacksIsOnTheBoardAndInTheExitCode() throws IOException {
    String there = run("a", "good", 10);
    Path trial = folder.resolve("a/trials").resolve(trial("good", 1, 10).id() + ".json");
    Files.writeString(
        trial, Files.readString(trial).replace("\"memorized\" : 10", "\"memorized\" : 1"));
    CommandLineRun told = nepenthe("leaderboard", there, "--out", folder + "/board", "--json");
    assertEquals(10, told.exitCode(), told.err());
    JsonNode board = Json.mapper().readTree(folder.resolve("board/leaderboard.json").toFile());
    assertEquals("trials/" + trial.getFileName(), board.at("/boards/0/runs/0/damaged/0").asText());
    JsonNode entry = board.at("/boards/0/tasks/0/entries/0");
    assertTrue(entry.path("place").isNull());
    assertEquals(
        "1 trial of good missing from its run (seeds 1)", entry.at("/notPlaced/0").asText());
    assertTrue(Files.exists(trial));
  }

  @Test
  void comparingEqualRunsEndsWell() throws IOException {
    CommandLineRun same = nepenthe("compare", run("a", "act", 10), run("b", "act", 10));
    assertEquals(0, same.exitCode(), same.err());
    assertTrue(same.out().contains("0 worse, 0 better, 1 the same"), same.out());
    assertEquals("", same.err());
  }

  @Test
  void comparingTellsByItsExitCodeThatSomethingGotWorse() throws IOException {
    CommandLineRun worse = nepenthe("compare", run("a", "act", 10), run("b", "act", 13));
    assertEquals(11, worse.exitCode(), worse.err());
    assertTrue(worse.out().contains("% memorized 10.00 -> 13.00"), worse.out());
    assertTrue(worse.out().contains("    % memorized: worse, +3.00 points"), worse.out());
    assertEquals(0, nepenthe("compare", folder + "/b", folder + "/a").exitCode());
    JsonNode json =
        nepenthe("compare", folder + "/a", folder + "/b", "--threshold", "3", "--json").json();
    assertEquals("same", json.path("verdict").asText());
    PublishedSchemas.assertIsValid("comparison", json);
    assertEquals(3.0, json.at("/changes/0/differences/0/change").asDouble());
  }

  @Test
  void comparingNothingDoesNotPass() {
    CommandLineRun none = nepenthe("compare", run("a", "act", 10), run("b", "zero", 10));
    assertEquals(2, none.exitCode());
    assertTrue(none.out().contains("only in A: method act on task"), none.out());
    assertTrue(none.err().contains("compares. See"), none.err());
  }

  @Test
  void mistakesAreOneLine() {
    String there = run("a", "act", 10);
    nepenthe("compare", there, folder + "/none").isMistake(7, "holds no run");
    nepenthe("compare", there).isMistake(2, "B");
    nepenthe("compare", there, there, "--threshold", "-1")
        .isMistake(2, "--threshold is -1.0, must be at least 0");
    nepenthe("leaderboard", there).isMistake(2, "--out");
    nepenthe("leaderboard", "--out", there).isMistake(2, "RUN");
    nepenthe("leaderboard", there, "--out", "").isMistake(2, "--out");
    nepenthe("leaderboard", there, "--out", "~/x").isMistake(2, "the shell has left '~' as it is");
    nepenthe("leaderboard", folder + "/none", "--out", folder + "/new")
        .isMistake(7, "holds no run");
  }

  @Test
  void noCommandWritesAmongFilesOfOthers() throws IOException {
    String there = run("a", "act", 10);
    Path mine = Files.createDirectories(folder.resolve("mine"));
    for (String name : List.of("manifest.txt", "leaderboard.html", "index.html", "run.json")) {
      Files.writeString(mine.resolve(name), "mine");
    }
    nepenthe("leaderboard", there, "--out", mine.toString()).isMistake(8, "holds no leaderboard");
    nepenthe("leaderboard", there, "--out", there).isMistake(8, "holds no leaderboard");
    nepenthe("time", mine.toString()).isMistake(7, "its run.json is of another program");
    Files.delete(mine.resolve("run.json"));
    nepenthe("report", there, "--out", mine.toString()).isMistake(8, "holds no report");
    try (Stream<Path> files = Files.list(mine)) {
      for (Path file : files.toList()) {
        assertEquals("mine", Files.readString(file));
      }
    }
  }

  @Test
  void readingLeavesRunsAsTheyAre() throws IOException {
    String a = run("a", "act", 10);
    String b = run("b", "act", 10);
    Path damaged = folder.resolve("a/trials/damaged.json");
    Files.writeString(damaged, "{");
    Set<String> before = files(folder.resolve("a"));
    CommandLineRun compared = nepenthe("compare", a, b);
    assertEquals(0, compared.exitCode(), compared.err());
    assertTrue(compared.err().contains(damaged + " is damaged"), compared.err());
    assertEquals(0, nepenthe("leaderboard", a, b, "--out", folder + "/board").exitCode());
    assertEquals(0, nepenthe("report", a, b, "--out", folder + "/all").exitCode());
    assertEquals(before, files(folder.resolve("a")));
  }

  private static Set<String> files(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.map(Path::toString).collect(Collectors.toSet());
    }
  }
}
