package io.nepenthe.challenge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nepenthe.pluginhost.PluginCatalog;
import io.nepenthe.run.PhaseClock;
import io.nepenthe.run.RunListener;
import io.nepenthe.run.RunPlan;
import io.nepenthe.run.RunSettings;
import io.nepenthe.run.SuiteRun;
import io.nepenthe.run.TestMethods;
import io.nepenthe.run.TinySuite;
import io.nepenthe.runstore.ChallengeResult;
import io.nepenthe.runstore.ChallengeResult.Reading;
import io.nepenthe.runstore.RunStore;
import io.nepenthe.runstore.TrialResult;
import io.nepenthe.suite.ChallengeSpec;
import io.nepenthe.suite.Suite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The winners of a run are challenged: once, whatever happens, and always the same. */
class WinnerChallengesTest {
  private static final Suite PLAIN = TinySuite.suite(List.of(0L), 60, "shrinks", "splits", "fades");

  private static final Suite SUITE =
      PLAIN.challengedBy(
          List.of(new ChallengeSpec.Rounding(List.of("int4")), new ChallengeSpec.Reach(0.5)));

  @TempDir private static Path folder;
  private static Path first;
  private static Map<String, List<Reading>> expected;

  /** What was said and done. */
  private static final class Heard implements RunListener {
    private final List<String> warnings = new ArrayList<>();
    private final List<String> progress = new ArrayList<>();

    @Override
    public synchronized void progressed(String what, long done, long total) {
      progress.add(what);
    }

    @Override
    public synchronized void warned(String line) {
      warnings.add(line);
    }
  }

  private static RunSettings settings(Path out) {
    return TinySuite.inThisProcess(out, folder.resolve("cache"));
  }

  private static RunPlan plan(Suite suite) {
    return RunPlan.of(suite, PluginCatalog.scan(List.of(folder.resolve("plugins"))));
  }

  private static Heard run(Suite suite, Path out) {
    Heard heard = new Heard();
    SuiteRun run = new SuiteRun(plan(suite), settings(out), heard, new PhaseClock());
    run.showing(new KeptWinners(suite, run.store(), heard)).execute();
    assertEquals(List.of(), heard.warnings);
    return heard;
  }

  private static Heard challenge(Suite suite, Path out, boolean again) {
    Heard heard = new Heard();
    new WinnerChallenges(plan(suite), settings(out), store(out), heard, new PhaseClock())
        .challenge(again);
    assertEquals(List.of(), heard.warnings);
    return heard;
  }

  private static RunStore store(Path out) {
    return new RunStore(
        out,
        line -> {
          throw new AssertionError(line);
        });
  }

  private static Map<String, List<Reading>> readings(Path out) {
    return new TreeMap<>(
        store(out).challenges().stream()
            .collect(Collectors.toMap(ChallengeResult::subject, ChallengeResult::readings)));
  }

  private static List<Path> files(Path out) throws IOException {
    try (Stream<Path> files = Files.list(out.resolve("challenges"))) {
      return files.sorted().toList();
    }
  }

  @BeforeAll
  static void challengeWinners() {
    Path plugins = folder.resolve("plugins");
    TestMethods.jar(plugins, "shrinks", TestMethods.Shrinks.class, 0.02, 0.5);
    TestMethods.jar(plugins, "splits", TestMethods.Splits.class, 0.1, 0.3);
    TestMethods.jar(plugins, "fades", TestMethods.Fades.class, 0.01);
    first = folder.resolve("first");
    run(SUITE, first);
    challenge(SUITE, first, false);
    expected = readings(first);
  }

  private static Path copyOfFirst(String name) throws IOException {
    Path copy = folder.resolve(name);
    TinySuite.copy(first, copy);
    return copy;
  }

  @Test
  void theOriginalAndEveryWinnerHaveAResult() {
    assertEquals(List.of("fades", "original", "shrinks", "splits"), List.copyOf(expected.keySet()));
    for (ChallengeResult each : store(first).challenges()) {
      assertEquals(ChallengeSpec.hash(SUITE.challenges()), each.challengesHash());
      assertEquals(each.subject().equals(ChallengeResult.ORIGINAL), each.trial() == null);
      TrialResult winner =
          store(first).trials().stream()
              .filter(trial -> trial.id().equals(each.trial()))
              .findAny()
              .orElse(null);
      if (winner != null) {
        assertEquals(winner.mitigatedHash(), each.weightsHash());
      }
    }
  }

  @Test
  void aModelAsItWasReadsAsItWasJudged() {
    Reading rounding =
        expected.get("shrinks").stream()
            .filter(each -> each.challenge().equals("rounding"))
            .findFirst()
            .orElseThrow();
    String id =
        store(first).challenges().stream()
            .filter(each -> each.subject().equals("shrinks"))
            .map(ChallengeResult::trial)
            .findAny()
            .orElseThrow();
    TrialResult winner =
        store(first).trials().stream().filter(each -> each.id().equals(id)).findAny().orElseThrow();
    assertEquals(Reading.UNCHALLENGED, rounding.variant());
    assertEquals(winner.after().memorizedPercent(), rounding.values().get("memorizedPercent"));
    assertEquals(winner.after().accuracyPercent(), rounding.values().get("accuracyPercent"));
  }

  @Test
  void onlyMethodsThatAreShownRowsToForgetRunOnHalfOfThem() {
    Map<String, List<String>> variants = new TreeMap<>();
    expected.forEach(
        (subject, readings) ->
            variants.put(
                subject,
                readings.stream()
                    .filter(each -> each.challenge().equals("reach"))
                    .map(Reading::variant)
                    .toList()));
    List<String> all = List.of(Reading.UNCHALLENGED, "shown", "kept-back");
    List<String> none = List.of(Reading.UNCHALLENGED);
    assertEquals(Map.of("fades", none, "original", none, "shrinks", all, "splits", all), variants);
  }

  @Test
  void whatHasAResultIsNotChallengedAgain() throws IOException {
    Path out = copyOfFirst("twice");
    Heard heard = challenge(SUITE, out, false);
    assertEquals(List.of(), heard.progress);
  }

  @Test
  void whatIsMissingIsChallengedAndNothingElse() throws IOException {
    Path out = copyOfFirst("missing");
    Path missing =
        files(out).stream().filter(each -> each.toString().contains("splits")).findAny().get();
    Files.delete(missing);
    FileTime longAgo = FileTime.fromMillis(1_000_000);
    for (Path file : files(out)) {
      Files.setLastModifiedTime(file, longAgo);
    }
    challenge(SUITE, out, false);
    assertEquals(expected, readings(out));
    for (Path file : files(out)) {
      assertEquals(!file.equals(missing), Files.getLastModifiedTime(file).equals(longAgo));
    }
  }

  @Test
  void aWinnerThatWasNotKeptIsMadeAgain() throws IOException {
    Path out = copyOfFirst("again");
    assertFalse(Files.exists(out.resolve("tmp/winners")));
    challenge(SUITE, out, true);
    assertEquals(expected, readings(out));
  }

  @Test
  void winnersAreKeptUntilTheyAreChallenged() throws IOException {
    Path out = folder.resolve("kept");
    run(SUITE, out);
    for (String method : List.of("shrinks", "splits")) {
      Path kept = out.resolve("tmp/winners/tiny-noise_s0").resolve(method);
      String trial =
          store(first).challenges().stream()
              .filter(each -> each.subject().equals(method))
              .map(ChallengeResult::trial)
              .findAny()
              .orElseThrow();
      assertEquals(trial, Files.readString(kept.resolve("trial")));
      if (method.equals("splits")) { // a file that lost its content is none
        Files.writeString(kept.resolve("model.safetensors"), "nothing");
      }
    }
    challenge(SUITE, out, false);
    assertEquals(expected, readings(out));
    assertFalse(Files.exists(out.resolve("tmp/winners")));
  }

  @Test
  void otherChallengesReplaceResults() throws IOException {
    Path out = copyOfFirst("others");
    Suite other = PLAIN.challengedBy(List.of(new ChallengeSpec.Rounding(null)));
    challenge(other, out, false);
    assertEquals(4, files(out).size());
    for (ChallengeResult each : store(out).challenges()) {
      assertEquals(ChallengeSpec.hash(other.challenges()), each.challengesHash());
      assertNotEquals(ChallengeSpec.hash(SUITE.challenges()), each.challengesHash());
    }
  }

  @Test
  void aSuiteWithoutChallengesLeavesNone() throws IOException {
    Path out = copyOfFirst("plain");
    for (Path file : files(out)) {
      Files.delete(file);
    }
    Files.delete(out.resolve("challenges"));
    Heard heard = challenge(PLAIN, out, true);
    assertEquals(List.of(), heard.progress);
    assertFalse(Files.exists(out.resolve("challenges")));
    assertTrue(store(out).challenges().isEmpty());
  }
}
