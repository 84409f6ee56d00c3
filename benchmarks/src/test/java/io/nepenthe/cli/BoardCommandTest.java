package io.nepenthe.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.nepenthe.exchange.TrialTime;
import io.nepenthe.json.Json;
import io.nepenthe.metric.RowCounts;
import io.nepenthe.metric.Scores;
import io.nepenthe.plugin.Family;
import io.nepenthe.protocol.ContentHash;
import io.nepenthe.provenance.Provenance;
import io.nepenthe.runstore.RunFile;
import io.nepenthe.runstore.RunMethod;
import io.nepenthe.runstore.RunStore;
import io.nepenthe.runstore.TrialIdentity;
import io.nepenthe.runstore.TrialOutcome;
import io.nepenthe.runstore.TrialResult;
import io.nepenthe.submission.Lock;
import io.nepenthe.submission.Rule;
import io.nepenthe.submission.RuleResult;
import io.nepenthe.submission.Submission;
import io.nepenthe.submission.Verdict;
import io.nepenthe.submission.Verification;
import io.nepenthe.testkit.MadeScores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command {@code board} on one archive of a run made by hand, and its verification. */
class BoardCommandTest {
  private static final String HASH = "0".repeat(64);
  private static final Provenance HERE =
      new Provenance("none", "17", "0", "0", "none", "A CPU", 2, 1, null, null, 1, "none");
  private static final RunFile RUN =
      MadeRuns.file(List.of(0L, 1L), Map.of("ours", List.of(0.1)), HERE);

  @TempDir private Path folder;
  private Path board;
  private Path archive;

  @BeforeEach
  void archive() throws IOException {
    board = Files.createDirectories(folder.resolve("board"));
    archive = board.resolve("ours.nepenthe");
    RunStore store = new RunStore(folder.resolve("run"), line -> {});
    store.create();
    store.put(RUN);
    for (long seed = 0; seed < 2; seed++) {
      store.put(MadeRuns.original(seed, scores(80), HERE));
      store.put(trial(seed));
    }
    pack(store.folder(), archive);
    Files.writeString(board.resolve("tiny.yaml"), Json.pretty(RUN.suite()));
    verification(Verdict.PASS).write(board.resolve("ours.verification.json"));
    define("");
  }

  private static Scores scores(int memorized) {
    return MadeScores.of(new RowCounts(memorized, 100), 90.0, 2, Map.of("7", 90.0));
  }

  private static TrialResult trial(long seed) {
    TrialIdentity identity = MadeRuns.identity("ours", seed, 0.1, "cpu");
    return new TrialResult(
        TrialResult.SCHEMA,
        RunStore.id(identity),
        identity,
        "Ours",
        Family.UNLEARNING,
        new TrialOutcome.Valid(),
        scores(80),
        scores(10),
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

  private static void pack(Path run, Path archive) throws IOException {
    Submission submission =
        new Submission(
            Submission.SCHEMA,
            "ours",
            "A. Author",
            "MIT",
            "a@example.org",
            null,
            null,
            new Lock("0.1.0", "unknown", "1.1", "d", "l", "j", "p"),
            List.of());
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(archive));
        Stream<Path> files = Files.walk(run)) {
      zip.putNextEntry(new ZipEntry("submission.json"));
      zip.write(Json.mapper().writeValueAsBytes(submission));
      for (Path file : files.filter(each -> each.toString().endsWith(".json")).toList()) {
        zip.putNextEntry(new ZipEntry("run/" + run.relativize(file).toString().replace('\\', '/')));
        zip.write(Files.readAllBytes(file));
      }
    }
  }

  private Verification verification(Verdict times) {
    return new Verification(
        Verification.SCHEMA,
        ContentHash.ofFile(archive),
        "ours",
        times == Verdict.PASS ? Verification.ACCEPTED : Verification.QUESTIONED,
        Verification.RE_RUN,
        List.of(new RuleResult(Rule.TIMES, times, List.of("far apart"), "")),
        new Verification.Rerun(7, List.of("t"), 2, true, null),
        "f".repeat(16),
        "0.1.0",
        "1.1",
        "P");
  }

  private void define(String more) throws IOException {
    define("tiny.yaml", ContentHash.ofFile(archive), more);
  }

  private void define(String suite, String sha256, String more) throws IOException {
    Files.writeString(
        board.resolve("board.yaml"),
        """
        schema: nepenthe-board/1
        title: Ours
        suites: [%s]
        archives:
          - file: ours.nepenthe
            date: 2026-01-01
            sha256: %s
        %s
        """
            .formatted(suite, sha256, more));
  }

  private CommandLineRun make() {
    return CommandLineRun.of(
        folder, "board", board.toString(), "--out", folder + "/site", "--json");
  }

  private static JsonNode entry(CommandLineRun made) throws IOException {
    return Json.mapper().readTree(made.out()).at("/boards/0/tasks/0/entries/0");
  }

  private void isRefused(String why) throws IOException {
    CommandLineRun made = make();
    assertTrue(made.err().contains("not placed: ours.nepenthe: " + why), made.err());
    assertTrue(entry(made).path("place").isMissingNode() || entry(made).path("place").isNull());
    assertTrue(Files.readString(folder.resolve("site/index.html")).contains("ours.nepenthe"));
  }

  @Test
  void aVerifiedArchiveTakesItsPlaceAndItsPageTellsWhatWasRunAgain() throws IOException {
    CommandLineRun made = make();
    assertEquals(0, made.exitCode(), made.err());
    assertEquals(1, entry(made).path("place").asInt(), made.out());
    assertEquals("re-run", entry(made).path("tier").asText());
    try (Stream<Path> pages = Files.list(folder.resolve("site/entries"))) {
      String page = Files.readString(pages.findFirst().orElseThrow());
      assertTrue(
          page.contains("1 of 2 trials were run again, drawn by seed 7, on the same platform"),
          page);
    }
  }

  @Test
  void anExchangedArchiveIsListedWithTheReason() throws IOException {
    define("tiny.yaml", HASH, "");
    isRefused("it is not the file that board.yaml lists: its SHA-256 differs");
    assertEquals(7, make().exitCode());
  }

  @Test
  void anArchiveWithoutARunThatCanBeReadIsListedAndNoPageNamesATemporaryFolder()
      throws IOException {
    for (String content : List.of("", "{}", "[1]", "no JSON")) {
      Path run = Files.createDirectories(folder.resolve("partial" + content.length()));
      if (!content.isEmpty()) {
        Files.writeString(run.resolve("run.json"), content);
      }
      pack(run, archive);
      define("");
      CommandLineRun made = make();
      assertEquals(7, made.exitCode(), made.err());
      assertTrue(made.err().contains("not placed: ours.nepenthe: it "), made.err());
      String page = Files.readString(folder.resolve("site/index.html"));
      assertFalse(page.contains("nepenthe-archive-"), made.err());
    }
  }

  @Test
  void aVerificationSpeaksOfItsOwnArchiveAloneAndIsSealed() throws IOException {
    Path file = board.resolve("ours.verification.json");
    String text = Files.readString(file);
    Files.delete(file);
    isRefused("it is unchecked, this board asks for checked");
    Files.writeString(file, text.replace("\"P\"", "\"Q\""));
    CommandLineRun made = make();
    made.isMistake(7, "is no verification (its content is not what was written)");
  }

  @Test
  void anOpenQuestionIsAnsweredByTheBoard() throws IOException {
    verification(Verdict.QUESTION).write(board.resolve("ours.verification.json"));
    isRefused("rule times: far apart");
    define("    answer: We looked.");
    CommandLineRun made = make();
    assertEquals(1, entry(made).path("place").asInt(), made.err());
  }

  @Test
  void aForeignSuiteDoesNotCount() throws IOException {
    define("quick", ContentHash.ofFile(archive), "");
    isRefused("suite tiny does not count on this board (quick does)");
    Files.writeString(
        board.resolve("tiny.yaml"),
        Json.pretty(RUN.suite()).replace("\"learningRate\" : 0.005", "\"learningRate\" : 0.004"));
    define("");
    isRefused("task task is not defined as in the suite");
  }

  @Test
  void aMissingSeedIsSaid() throws IOException {
    define("seeds: [0, 1, 2]");
    String why = entry(make()).path("notPlaced").toString();
    assertTrue(why.contains("2"), why);
  }

  @Test
  void anAuthorWithAKeyMustHaveSigned() throws IOException {
    define("keys: [{author: A. Author, key: %s}]".formatted("e".repeat(16)));
    isRefused("it says that it is by A. Author, whose key did not sign it");
    define("keys: [{author: A. Author, key: %s}]".formatted("f".repeat(16)));
    assertEquals(1, entry(make()).path("place").asInt());
  }

  /** A grid of a hyper-parameter that the method does not have breaks whoever expands it. */
  @Test
  void anArchiveThatBreaksItsReaderIsListedAndTheOthersStay() throws IOException {
    RunMethod ours = RUN.methods().get(0);
    RunMethod odd =
        new RunMethod(
            ours.id(),
            ours.version(),
            ours.sha256(),
            ours.descriptor(),
            Map.of("task", Map.of("wrong", List.of(0.1))));
    RunStore store = new RunStore(folder.resolve("odd"), line -> {});
    store.create();
    store.put(
        new RunFile(
            RUN.schema(),
            RUN.suite(),
            List.of(odd),
            RUN.quirks(),
            RUN.selection(),
            RUN.secondsByPhase(),
            RUN.provenance()));
    Path file = board.resolve("odd.nepenthe");
    pack(store.folder(), file);
    define(
        "  - {file: odd.nepenthe, date: 2026-01-02, sha256: %s}"
            .formatted(ContentHash.ofFile(file)));
    CommandLineRun made = make();
    assertEquals(7, made.exitCode(), made.err());
    assertTrue(made.err().contains("odd.nepenthe: "), made.err());
    assertEquals(1, entry(made).path("place").asInt(), made.out());
    CommandLineRun ranked =
        CommandLineRun.of(
            folder, "leaderboard", store.folder().toString(), "--out", folder + "/ranked");
    assertEquals(7, ranked.exitCode(), ranked.err());
    assertTrue(ranked.err().contains("the grid of ours on task "), ranked.err());
  }

  @Test
  void mistakesAreOneLine() throws IOException {
    define("seed: [0]");
    make().isMistake(3, "seed");
    define("tier: best");
    make().isMistake(3, "tier");
    define("../tiny.yaml", HASH, "");
    make().isMistake(3, "is not in the folder of the board");
    Files.delete(board.resolve("board.yaml"));
    make().isMistake(3, "board.yaml");
  }
}
