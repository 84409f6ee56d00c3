package io.nepenthe.submission;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nepenthe.challenge.WinnerChallenges;
import io.nepenthe.files.Folders;
import io.nepenthe.json.Json;
import io.nepenthe.pluginhost.PluginCatalog;
import io.nepenthe.protocol.ContentHash;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import io.nepenthe.run.PhaseClock;
import io.nepenthe.run.RunListener;
import io.nepenthe.run.RunPlan;
import io.nepenthe.run.TestMethods;
import io.nepenthe.run.TinySuite;
import io.nepenthe.runstore.Resealing;
import io.nepenthe.runstore.RunStore;
import io.nepenthe.runstore.StrictResults;
import io.nepenthe.runstore.TimingResult;
import io.nepenthe.runstore.TrialResult;
import io.nepenthe.suite.ChallengeSpec;
import io.nepenthe.suite.Suite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a verifier says of a whole archive, and of what forgers make of it. */
class VerifierTest {
  private static final Suite SUITE =
      TinySuite.suite(List.of(0L, 1L), 120, "shrinks", "splits")
          .challengedBy(List.of(new ChallengeSpec.Rounding(List.of("int4"))));
  private static final Statement STATEMENT =
      new Statement("tiny", "A. Author", "Apache-2.0", "a@example.org", null, null);
  private static final double SECONDS = 0.4;

  @TempDir private static Path folder;
  private static Path run;
  private static Path cache;
  private static Path archive;
  private static PluginCatalog shipped;

  @TempDir private Path temporary;

  @BeforeAll
  static void submit() throws IOException {
    Path plugins = folder.resolve("plugins");
    run = folder.resolve("run");
    cache = folder.resolve("cache");
    TestMethods.jar(plugins, "shrinks", TestMethods.Shrinks.class, 0.5);
    TestMethods.jar(plugins, "splits", TestMethods.Splits.class, 0.1, 0.3);
    TinySuite.runInSilence(SUITE, plugins, run, cache);
    clock();
    challenge(plugins);
    shipped = catalog("shrinks", 0.5);
    archive = folder.resolve("tiny.nepenthe");
    new SubmissionWriter(new RunStore(run, line -> {})).write(archive, STATEMENT, null);
  }

  private static void challenge(Path plugins) {
    new WinnerChallenges(
            RunPlan.of(SUITE, PluginCatalog.scan(List.of(plugins))),
            TinySuite.inThisProcess(run, cache),
            new RunStore(run, line -> {}),
            SILENT,
            new PhaseClock())
        .challenge(false);
  }

  /** Gives every trial a time that is longer than noise, and winners one of JMH. */
  private static void clock() throws IOException {
    for (Path file : files(run.resolve("trials"))) {
      ObjectNode trial = (ObjectNode) Json.mapper().readTree(file.toFile());
      ObjectNode time = (ObjectNode) trial.get("time");
      time.put("seconds", SECONDS);
      if (!time.get("localizeSeconds").isNull()) {
        time.put("localizeSeconds", SECONDS / 4).put("editSeconds", SECONDS - SECONDS / 4);
      }
      Files.writeString(file, Json.pretty(Resealing.of(trial)));
    }
    RunStore store = new RunStore(run, line -> {});
    List<TrialResult> shrinks =
        store.trials().stream()
            .filter(trial -> trial.identity().method().equals("shrinks"))
            .toList();
    store.put(
        new TimingResult(
            TimingResult.SCHEMA,
            TinySuite.TASK,
            "shrinks",
            shrinks.get(0).identity().methodVersion(),
            shrinks.get(0).identity().jarSha256(),
            1,
            null,
            shrinks.stream()
                .map(trial -> new TimingResult.SeedTime(trial.identity().seed(), SECONDS, null))
                .toList(),
            shrinks.stream().map(VerifierTest::shot).toList(),
            shrinks.get(0).provenance()));
  }

  private static TimingResult.Shot shot(TrialResult trial) {
    return new TimingResult.Shot(
        0,
        trial.identity().seed(),
        trial.id(),
        trial.identity().hyperparameters(),
        SECONDS,
        null,
        null,
        null);
  }

  private static List<Path> files(Path place) throws IOException {
    try (Stream<Path> all = Files.list(place)) {
      return all.sorted().toList();
    }
  }

  private static PluginCatalog catalog(String id, double... strengths) {
    Path place = folder.resolve("shipped-" + strengths.length + id);
    TestMethods.jar(place, id, TestMethods.Shrinks.class, strengths);
    return PluginCatalog.scan(List.of(place));
  }

  private static Verifier verifier(PluginCatalog known) {
    return new Verifier(
        name -> name.equals(SUITE.name()) ? Optional.of(SUITE) : Optional.empty(),
        known,
        List.of(),
        new RunStore(run, line -> {}).info().provenance());
  }

  private static Verification verify(Path file) {
    return verifier(shipped).verify(file, null);
  }

  private Verification verify(MadeArchive made) throws IOException {
    return verify(made.write(temporary.resolve("made.nepenthe")));
  }

  private static void assertBroken(Rule rule, Verdict verdict, Verification found) {
    RuleResult result = found.of(rule);
    assertEquals(verdict, result.verdict(), () -> Json.pretty(found));
    assertTrue(!result.advice().isEmpty() && !result.found().isEmpty(), result.toString());
    assertTrue(found.error().isPresent());
    assertEquals(found.verdict().equals(Verification.REJECTED), found.tier() == null);
  }

  @Test
  void aWholeArchiveIsAcceptedAndEveryRuleSaysSomething() {
    Verification found = verify(archive);
    assertEquals(Verification.ACCEPTED, found.verdict(), () -> Json.pretty(found));
    assertEquals(Verification.CHECKED, found.tier());
    assertEquals(Rule.values().length, found.rules().size());
    for (RuleResult rule : found.rules()) {
      assertTrue(!rule.found().isEmpty(), rule.toString());
    }
    assertEquals(ContentHash.ofFile(archive), found.sha256());
  }

  @Test
  void equalRunsGiveEqualArchivesAndTheRunIsLeftAlone() throws IOException {
    Map<String, String> before = snapshot();
    Path again = temporary.resolve("again.nepenthe");
    SubmissionWriter writer = new SubmissionWriter(new RunStore(run, line -> {}));
    writer.write(again, STATEMENT, null);
    assertArrayEquals(Files.readAllBytes(archive), Files.readAllBytes(again));
    assertEquals(before, snapshot());
    assertEquals(
        ErrorCode.BAD_USAGE,
        assertThrows(
                NepentheException.class,
                () -> writer.write(run.resolve("a.nepenthe"), STATEMENT, null))
            .code());
  }

  private static Map<String, String> snapshot() throws IOException {
    Map<String, String> all = new TreeMap<>();
    try (Stream<Path> walk = Files.walk(run)) {
      for (Path file : walk.filter(Files::isRegularFile).toList()) {
        all.put(file.toString(), ContentHash.ofFile(file));
      }
    }
    return all;
  }

  @Test
  void anIncompleteRunIsNotPackedAndWhatItLacksIsNamed() throws IOException {
    Path part = temporary.resolve("part");
    TinySuite.copy(run, part);
    Files.delete(files(part.resolve("trials")).get(0));
    NepentheException refused =
        assertThrows(
            NepentheException.class, () -> new SubmissionWriter(new RunStore(part, line -> {})));
    assertEquals(ErrorCode.RUN_INCOMPLETE, refused.code());
    assertTrue(refused.getMessage().contains("lacks tiny-noise seed 0 sh"), refused.getMessage());
  }

  private static final String RUN = "run/run.json";
  private static final String PLAN = "run/plan.json";
  private static final String SEED_1 = "run/(trials|originals)/.*_s1(_.*)?\\.json";

  private static String trial(MadeArchive made, String method) {
    return made.paths("run/trials/.*_s0_" + method + "_.*").get(0);
  }

  private static String challenges(MadeArchive made) {
    return made.paths("run/challenges/.*_s0_shrinks_.*").get(0);
  }

  /** What forgers do, each with its seals and lists made anew; and the rule that finds it. */
  enum Forgery {
    SCORE(Rule.SCORES) {
      @Override
      void forge(MadeArchive made) {
        made.edit(
            trial(made, "shrinks"),
            json -> {
              json.withObject("/after/metrics").put("memorizedPercent", 12.5);
              json.withObject("/after/memorization").put("memorized", 1);
            });
      }
    },
    ACCURACY_OF_ONE_TEST_SET(Rule.SCORES) {
      @Override
      void forge(MadeArchive made) {
        made.edit(
            trial(made, "splits"),
            json -> {
              ObjectNode tests = json.withObject("/after/accuracyPercentByTest");
              double mean = (99 + tests.get("2").asDouble()) / 2;
              tests.put("7", 99.0);
              json.withObject("/after/metrics").put("accuracyPercent", mean);
            });
      }
    },
    PERPLEXITY(Rule.SCORES) {
      @Override
      void forge(MadeArchive made) {
        made.edit(
            trial(made, "shrinks"),
            json -> json.withObject("/after/metrics").put("perplexity", 1.01));
      }
    },
    ORIGINAL_OF_ONE_TRIAL(Rule.ORIGINALS) {
      @Override
      void forge(MadeArchive made) {
        made.edit(
            trial(made, "shrinks"),
            json -> json.withObject("/before/metrics").put("truthRatio", 0.5));
      }
    },
    SEED_DROPPED(Rule.PLAN) {
      @Override
      void forge(MadeArchive made) {
        made.remove(path -> path.matches(SEED_1));
      }
    },
    SEED_NEVER_PLANNED(Rule.SUITE) {
      @Override
      void forge(MadeArchive made) {
        made.remove(path -> path.matches(SEED_1))
            .edit(RUN, json -> json.withObject("/suite").putArray("seeds").add(0))
            .edit(PLAN, json -> without(json, "seed", "1"));
      }
    },
    POINT_LEFT_OUT(Rule.PLAN) {
      @Override
      void forge(MadeArchive made) {
        made.remove(trial(made, "splits")::equals);
      }
    },
    POINT_NEVER_PLANNED(Rule.GRIDS) {
      @Override
      void forge(MadeArchive made) {
        made.edit(RUN, Forgery::planOnePointLess);
      }
    },
    POINT_LEFT_OUT_OF_THE_SUITE(Rule.SUITE) {
      @Override
      void forge(MadeArchive made) {
        made.edit(
            RUN,
            json -> {
              planOnePointLess(json);
              ObjectNode choice = (ObjectNode) json.at("/suite/methods/1");
              choice.putObject("grid").putArray("strength").add(0.1);
            });
      }
    },
    JAR_SWAPPED(Rule.JARS) {
      @Override
      void forge(MadeArchive made) {
        List<String> jars = made.paths("run/plugins/.*");
        made.put(jars.get(0), made.bytes(jars.get(1)));
      }
    },
    JAR_SWAPPED_AND_NAMED(Rule.PLAN) {
      @Override
      void forge(MadeArchive made) {
        String jar = made.paths("run/plugins/.*").get(0);
        String before = made.json(RUN).at("/methods/1/sha256").asText();
        byte[] other = made.bytes(jar).clone();
        other[other.length - 1] ^= 1;
        String sha256 = HexFormat.of().formatHex(ContentHash.digest(other));
        made.remove(("run/plugins/" + before + ".jar")::equals)
            .put("run/plugins/" + sha256 + ".jar", other)
            .edit(RUN, json -> ((ObjectNode) json.at("/methods/1")).put("sha256", sha256));
      }
    },
    TIME_OF_THE_SWEEP_BY_TEN(Rule.TIMES, Verdict.QUESTION) {
      @Override
      void forge(MadeArchive made) {
        made.edit(
            trial(made, "shrinks"), json -> json.withObject("/time").put("seconds", SECONDS / 10));
      }
    },
    TIME_OF_A_PART_BY_TEN(Rule.TIMES) {
      @Override
      void forge(MadeArchive made) {
        made.edit(
            trial(made, "splits"), json -> json.withObject("/time").put("seconds", SECONDS / 10));
      }
    },
    TIME_OF_JMH_BY_TEN(Rule.DERIVED) {
      @Override
      void forge(MadeArchive made) {
        made.edit(
            made.paths("run/timing/.*").get(0),
            json -> ((ObjectNode) json.at("/seeds/0")).put("seconds", SECONDS / 10));
      }
    },
    CHALLENGES_OF_ONE_LEFT_OUT(Rule.PLAN) {
      @Override
      void forge(MadeArchive made) {
        made.remove(challenges(made)::equals);
      }
    },
    CHALLENGES_OF_ANOTHER_TRIAL(Rule.PLAN) {
      @Override
      void forge(MadeArchive made) {
        made.edit(
            made.paths("run/challenges/.*_s0_splits_.*").get(0),
            json -> json.put("trial", json.get("trial").asText().replace("_s0_", "_s1_")));
      }
    },
    OTHER_CHALLENGES_THAN_ASKED(Rule.PLAN) {
      @Override
      void forge(MadeArchive made) {
        made.edit(challenges(made), json -> json.put("challengesHash", "0".repeat(64)));
      }
    },
    CHALLENGES_NEVER_ASKED(Rule.SUITE) {
      @Override
      void forge(MadeArchive made) {
        made.remove(path -> path.startsWith("run/challenges/"))
            .edit(RUN, json -> ((ObjectNode) json.get("suite")).remove("challenges"));
      }
    },
    WEIGHTS_THAT_WERE_CHALLENGED(Rule.SCORES) {
      @Override
      void forge(MadeArchive made) {
        made.edit(challenges(made), json -> json.put("weightsHash", "0".repeat(64)));
      }
    },
    READING_BEFORE_CHALLENGES(Rule.SCORES) {
      @Override
      void forge(MadeArchive made) {
        made.edit(
            challenges(made),
            json -> ((ObjectNode) json.at("/readings/0/values")).put("perplexity", 1.01));
      }
    },
    TABLE(Rule.DERIVED) {
      @Override
      void forge(MadeArchive made) {
        ArrayNode rows = (ArrayNode) made.json("run/summary.json");
        ((ObjectNode) rows.get(1)).put("trials", 1);
        made.put("run/summary.json", Json.pretty(rows));
      }
    },
    CHOICE(Rule.DERIVED) {
      @Override
      void forge(MadeArchive made) {
        made.edit("run/selection.json", json -> json.put("suite", "other"));
      }
    },
    OLD_SCHEMA_WITHOUT_SEAL(Rule.SEALS) {
      @Override
      void forge(MadeArchive made) {
        String path = trial(made, "shrinks");
        ObjectNode json = (ObjectNode) made.json(path);
        json.put("schema", "nepenthe-trial/1").remove("contentHash");
        made.put(path, Json.pretty(json));
      }
    },
    OTHER_NAME_OF_A_TRIAL(Rule.SCHEMA) {
      @Override
      void forge(MadeArchive made) {
        made.rename(trial(made, "shrinks"), "run/trials/tiny-noise_s0_shrinks_0.json");
      }
    },
    NO_RUN(Rule.SCHEMA) {
      @Override
      void forge(MadeArchive made) {
        made.remove(path -> path.startsWith("run/"));
      }
    },
    LOCK(Rule.LOCK) {
      @Override
      void forge(MadeArchive made) {
        made.edit(
            ArchivePaths.SUBMISSION, json -> json.withObject("/lock").put("libtorch", "9.9.9"));
      }
    };

    private final Rule rule;
    private final Verdict verdict;

    Forgery(Rule rule) {
      this(rule, Verdict.FAIL);
    }

    Forgery(Rule rule, Verdict verdict) {
      this.rule = rule;
      this.verdict = verdict;
    }

    abstract void forge(MadeArchive made);

    private static void planOnePointLess(ObjectNode run) {
      ((ObjectNode) run.at("/methods/1/grids/" + TinySuite.TASK)).putArray("strength").add(0.1);
    }

    private static void without(ObjectNode plan, String field, String value) {
      ArrayNode trials = (ArrayNode) plan.get("trials");
      for (int i = trials.size() - 1; i >= 0; i--) {
        if (trials.get(i).get(field).asText().equals(value)) {
          trials.remove(i);
        }
      }
      ((ArrayNode) plan.get("originals")).remove(1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyForgeryBreaksItsRule(Forgery forgery) throws IOException {
    MadeArchive made = MadeArchive.of(archive);
    forgery.forge(made);
    made.listAnew();
    assertBroken(forgery.rule, forgery.verdict, verify(made));
  }

  /** Seed 0 has a tenth of the work of seed 1, and takes as long: that is the method's start. */
  @Test
  void workThatHidesBehindAStartIsNoQuestionButATimeOfMuchWorkByTenIs() throws IOException {
    MadeArchive made =
        MadeArchive.of(archive)
            .editAll(
                "run/trials/.*_s0_splits_.*", json -> json.withObject("/time").put("cost", 10.0))
            .editAll(
                "run/trials/.*_s1_splits_.*", json -> json.withObject("/time").put("cost", 100.0))
            .listAnew();
    assertEquals(Verdict.PASS, verify(made).of(Rule.TIMES).verdict());
    String much = made.paths("run/trials/.*_s1_splits_.*").get(0);
    made.edit(much, json -> divideTime(json.withObject("/time"))).listAnew();
    assertBroken(Rule.TIMES, Verdict.QUESTION, verify(made));
  }

  private static void divideTime(ObjectNode time) {
    for (String part : List.of("seconds", "localizeSeconds", "editSeconds")) {
      time.put(part, time.get(part).asDouble() / 10);
    }
  }

  @Test
  void whatIsNotListedAnewBreaksTheHashes() throws IOException {
    MadeArchive made = MadeArchive.of(archive);
    Forgery.SCORE.forge(made);
    assertBroken(Rule.HASHES, Verdict.FAIL, verify(made));
  }

  @Test
  void aShippedIdStandsForTheShippedJarOnly() {
    Verification found = verifier(catalog("splits", 0.2)).verify(archive, null);
    assertBroken(Rule.RESERVED, Verdict.FAIL, found);
    assertTrue(found.of(Rule.RESERVED).found().get(0).contains("splits"));
  }

  @Test
  void whatIsNoArchiveIsRejectedAsOne() throws IOException {
    Path none = Files.writeString(temporary.resolve("none.nepenthe"), "PK\3\4 nothing");
    assertBroken(Rule.ARCHIVE, Verdict.FAIL, verify(none));
    assertBroken(Rule.ARCHIVE, Verdict.FAIL, verify(MadeArchive.of(archive).remove(p -> true)));
    assertEquals(
        ErrorCode.IO,
        assertThrows(NepentheException.class, () -> verify(temporary.resolve("absent"))).code());
  }

  @Test
  void aSignatureIsOfThisManifestAndOfAKeyThatIsMeant() throws IOException {
    SigningKey key = SigningKey.generate();
    Path secret = temporary.resolve("a.key");
    Path open = temporary.resolve("a.pub");
    key.write(secret, open);
    Path signed = temporary.resolve("signed.nepenthe");
    new SubmissionWriter(new RunStore(run, line -> {}))
        .write(signed, STATEMENT, SigningKey.read(secret));
    assertEquals(Verdict.PASS, verify(signed).of(Rule.SIGNATURE).verdict());
    assertEquals(SigningKey.fingerprint(key.publicKey()), verify(signed).signedBy());
    assertNull(verify(archive).signedBy());
    assertEquals(Verdict.PASS, byKey(signed, SigningKey.readPublic(open)).verdict());
    assertEquals(Verdict.FAIL, byKey(archive, SigningKey.readPublic(open)).verdict());
    assertEquals(Verdict.FAIL, byKey(signed, SigningKey.generate().publicKey()).verdict());
    MadeArchive made =
        MadeArchive.of(signed)
            .edit(ArchivePaths.SUBMISSION, json -> json.put("author", "Somebody Else"));
    assertBroken(Rule.SIGNATURE, Verdict.FAIL, verify(made));
    assertThrows(NepentheException.class, () -> key.write(secret, open));
  }

  @Test
  void aKeyOfTwoPartsThatAreNotOneIsRefused() throws IOException {
    List<String> texts = new ArrayList<>();
    for (String name : List.of("one", "two")) {
      Path file = temporary.resolve(name);
      SigningKey.generate().write(file, temporary.resolve(name + ".pub"));
      texts.add(Files.readString(file));
    }
    String open = "-----BEGIN PUBLIC KEY-----";
    String secret = texts.get(0).substring(0, texts.get(0).indexOf(open));
    String others = texts.get(1).substring(texts.get(1).indexOf(open));
    Path mixed = Files.writeString(temporary.resolve("mixed"), secret + others);
    NepentheException e = assertThrows(NepentheException.class, () -> SigningKey.read(mixed));
    assertEquals(ErrorCode.BAD_USAGE, e.code());
    assertTrue(e.getMessage().contains("its two parts are not of one key"), e.getMessage());
  }

  @Test
  void nullIsNoSignatureAndNoManifest() throws IOException {
    MadeArchive unsigned = MadeArchive.of(archive).put(ArchivePaths.SIGNATURE, "null");
    assertBroken(Rule.SIGNATURE, Verdict.FAIL, verify(unsigned));
    MadeArchive nobodys = MadeArchive.of(archive).put(ArchivePaths.SUBMISSION, "null");
    assertBroken(Rule.ARCHIVE, Verdict.FAIL, verify(nobodys));
  }

  private static RuleResult byKey(Path file, java.security.PublicKey key) {
    return new Verifier(
            name -> Optional.of(SUITE),
            shipped,
            List.of(key),
            new RunStore(run, line -> {}).info().provenance())
        .verify(file, null)
        .of(Rule.SIGNATURE);
  }

  @Test
  void trialsRunAgainGiveTheSameAndOnlyThatFindsOtherWeights() throws IOException {
    Verification same = again(archive, 2, 1);
    assertEquals(Verification.ACCEPTED, same.verdict(), () -> Json.pretty(same));
    assertEquals(Verification.RE_RUN, same.tier());
    assertEquals(2, same.rerun().trials().size());
    assertEquals(same.rerun(), again(archive, 2, 1).rerun());

    Path forged =
        MadeArchive.of(archive)
            .editAll(
                "run/trials/.*_s0_shrinks_.*", json -> json.put("mitigatedHash", "0".repeat(64)))
            .editAll(
                "run/challenges/.*_s0_shrinks_.*", json -> json.put("weightsHash", "0".repeat(64)))
            .listAnew()
            .write(temporary.resolve("forged.nepenthe"));
    assertEquals(Verification.ACCEPTED, verify(forged).verdict());
    Verification found = again(forged, 100, 1);
    assertBroken(Rule.RERUN, Verdict.FAIL, found);
    assertEquals(6, found.rerun().trials().size());
    assertTrue(found.of(Rule.RERUN).found().get(0).contains("s0_shrinks"));
  }

  private static final RunListener SILENT =
      new RunListener() {
        @Override
        public void progressed(String what, long done, long total) {}

        @Override
        public void warned(String line) {}
      };

  private Verification again(Path file, int trials, long seed) throws IOException {
    Path results = Files.createTempDirectory(temporary, "again");
    try {
      return verifier(shipped)
          .verify(
              file,
              new Verifier.Sample(
                  trials, seed, suite -> TinySuite.inThisProcess(results, cache), SILENT));
    } finally {
      Folders.delete(results);
    }
  }

  @Test
  void aVerificationIsReadAsItWasWrittenAndNotOtherwise() throws IOException {
    Verification found = verify(archive);
    Path file = temporary.resolve("verification.json");
    found.write(file);
    assertEquals(found, Verification.read(file));
    String written = Files.readString(file);
    Files.writeString(file, written.replace("accepted", "rejected"));
    assertThrows(NepentheException.class, () -> Verification.read(file));
    for (String field : List.of("sha256", "verdict", "rules", "platform")) {
      ObjectNode forged = (ObjectNode) Json.mapper().readTree(written);
      forged.remove(List.of(field, "contentHash"));
      Files.writeString(file, Json.pretty(StrictResults.seal(forged)));
      NepentheException e =
          assertThrows(NepentheException.class, () -> Verification.read(file), field);
      assertEquals(ErrorCode.STORE_CORRUPT, e.code());
    }
    ObjectNode forged =
        (ObjectNode) Json.mapper().readTree(written.replace("\"skipped\"", "\"fail\""));
    forged.remove("contentHash");
    Files.writeString(file, Json.pretty(StrictResults.seal(forged)));
    NepentheException e = assertThrows(NepentheException.class, () -> Verification.read(file));
    assertTrue(e.getMessage().contains("its rules say rejected"), e.getMessage());
  }
}
