package io.nepenthe.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.nepenthe.json.Json;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.testkit.BrokenPlugin;
import io.nepenthe.testkit.PluginJarBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NepentheTest {
  static final String TINY =
      """
      name: tiny
      description: For tests.
      protocol: "1.1"
      seeds: [0, 1]
      tasks:
        - id: tiny-noise
          version: 1
          kind: math
          data:
            family: additive
            numbers: 8
            length: 34
            primary: 7
            auxiliary: [2]
            primaryRows: 20
            auxiliaryRows: 8
            testRows: 5
            artifact: {kind: noise, rows: 12, rate: 0.4}
          window: {prompt: 10, compare: 2}
          model: {layers: 1, width: 16, heads: 2}
          training: {passes: 3, batchSize: 16, learningRate: 0.005}
          budgetSeconds: 60
      methods:
        - id: no-mitigation
      """;

  /** The same, of a model that is large and trained enough to memorize. */
  static final String MEMORIZING =
      TINY.replace("passes: 3", "passes: 60")
          .replace("batchSize: 16", "batchSize: 8")
          .replace("layers: 1, width: 16", "layers: 2, width: 32");

  private static final String OF_ONE_SEED = TINY.replace("seeds: [0, 1]", "seeds: [0]");

  @TempDir private Path folder;

  private CommandLineRun nepenthe(String... arguments) {
    return CommandLineRun.of(folder, arguments);
  }

  private String tiny() throws IOException {
    return suite(TINY);
  }

  private String suite(String yaml) throws IOException {
    Path file = folder.resolve("tiny.yaml");
    Files.writeString(file, yaml);
    return file.toString();
  }

  private static String memorizing(String method) {
    return MEMORIZING.replace("seeds: [0, 1]", "seeds: [0]").replace("no-mitigation", method);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          fly                            | 2 | fly
          data fetch                     | 2 | NAME
          data fetch poems               | 2 | no download of corpus 'poems', only of wikitext-103
          data fetch wikitext-2 --from x | 2 | --from is x, must be an http or https address
          --fly                          | 2 | --fly
          run                            | 2 | SUITE
          run quick --workers none       | 2 | none
          run quick --workers            | 2 | --workers
          run quick quicker              | 2 | quicker
          run quick --workers 0          | 2 | --workers is 0, must be at least 1
          run nothing                    | 3 | there is no suite 'nothing'. Known suites:
          run nothing --dry-run --json   | 3 | there is no suite 'nothing'
          run none.yaml                  | 3 | there is no suite 'none.yaml'
          run quick --plugins /nowhere   | 8 | there is no plugin folder /nowhere
          train quick --task x           | 2 | suite quick has no task 'x'; it has math-noise
          train quick --seed 7           | 2 | suite quick has no seed 7; it has [0, 1, 3]
          train quick --seed x           | 2 | --seed
          inspect quick                  | 2 | --task
          inspect quick --task math-noise --seed 7 --out x | 2 | has no seed 7
          report /nowhere                | 7 | /nowhere holds no run
          report                         | 2 | RUN
          report /nowhere /elsewhere     | 2 | Give it one by --out
          energy /nowhere                | 7 | /nowhere holds no run
          time /nowhere                  | 7 | /nowhere holds no run
          time /nowhere --forks 0        | 2 | --forks is 0, must be at least 1
          score                          | 2 | --model
          score --model /nowhere         | 2 | give --rows, or --artifacts
          score --model /nowhere --artifacts a | 2 | --artifacts needs --windows
          score --model /nowhere --rows a | 5 | /nowhere
          plugins --plugins /nowhere     | 8 | there is no plugin folder /nowhere
          plugins new --family unlearning | 2 | Missing required parameter: 'ID'
          plugins new mine               | 2 | --family
          plugins new mine --family control | 2 | --family is 'control', must be one of regularizer,
          plugins new Mine --family unlearning | 2 | the id is 'Mine', must be lower-case words
          """)
  void aMistakeIsOneLineAndItsExitCode(String arguments, int code, String words) {
    nepenthe(arguments.split(" ")).isMistake(code, words);
  }

  @Test
  void aBrokenSuiteIsAMistake() throws IOException {
    nepenthe("run", suite(TINY.replace("seeds:", "seedz:")), "--dry-run")
        .isMistake(3, "there is no 'seedz'");
    nepenthe("run", suite(TINY.replace("no-mitigation", "no-such")), "--dry-run")
        .isMistake(3, "there is no method 'no-such'. Known methods:");
    nepenthe("train", suite(TINY.replace("rows: 12", "rows: 999")))
        .isMistake(3, "artifact.rows is 999");
  }

  @Test
  void aRejectedPluginThatIsAskedForIsAMistake() throws IOException {
    Path plugins = folder.resolve("plugins");
    BrokenPlugin.NEEDS_ANOTHER_PROTOCOL.jar(plugins);
    String asked = suite(TINY.replace("no-mitigation", "needs-another-protocol"));
    nepenthe("run", asked, "--plugins", plugins.toString(), "--dry-run")
        .isMistake(4, "it needs protocol");
  }

  @Test
  void anOutFolderThatIsAFileIsAMistake() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    nepenthe("run", tiny(), "--out", file.toString()).isMistake(8, "cannot write to ");
  }

  @Test
  void aRunGoesNowhereAmongFilesOfOthers() throws IOException {
    Path draft = folder.resolve("mine/tmp/thesis/draft.txt");
    Files.createDirectories(draft.getParent());
    Files.writeString(draft, "only copy");
    Files.writeString(folder.resolve("mine/run.json"), "{\"mine\": 1}");
    String mine = folder.resolve("mine").toString();
    nepenthe("run", tiny(), "--out", mine).isMistake(8, "is not empty and holds no run (it has ");
    nepenthe("run", tiny(), "--seeds", "0", "--out", mine).isMistake(8, "holds no run");
    nepenthe("run", tiny(), "--out", "").isMistake(2, "it is empty: name a file or folder");
    nepenthe("run", "").isMistake(2, "no suite is named");
    nepenthe("inspect", tiny(), "--task", "tiny-noise", "--seed", "0", "--out", mine)
        .isMistake(8, "is not empty");
    assertEquals("only copy", Files.readString(draft));
    assertEquals("{\"mine\": 1}", Files.readString(folder.resolve("mine/run.json")));
  }

  @Test
  void listsPluginsAsJson() throws IOException {
    JsonNode plugins = nepenthe("plugins", "--json").json();
    Set<String> ids = new TreeSet<>(plugins.findValuesAsText("id"));
    assertTrue(ids.containsAll(Set.of("no-mitigation", "act")), ids.toString());
    assertEquals(ids.size(), plugins.size());
    for (JsonNode plugin : plugins) {
      assertTrue(plugin.path("gridSize").asInt() >= 1);
      assertTrue(plugin.path("paper").path("year").isInt());
      assertTrue(
          Set.of("control", "regularizer", "fine-tuning", "unlearning")
              .contains(plugin.path("family").asText()));
    }
  }

  @Test
  void keepsStandardOutputCleanOfRejectedPlugins() throws IOException {
    BrokenPlugin.NO_DESCRIPTOR.jar(folder.resolve("plugins"));
    CommandLineRun run =
        nepenthe("plugins", "--json", "--plugins", folder.resolve("plugins").toString());
    assertTrue(Json.mapper().readTree(run.out()).isArray());
    assertEquals(1, run.err().lines().count(), run.err());
    assertTrue(run.err().contains("is rejected"));
    assertEquals(ErrorCode.PLUGIN_REJECTED.exitCode(), run.exitCode());
  }

  @Test
  void aStrangersJarTakesNoIdOfAMethodThatShips() throws IOException {
    Path evil =
        new PluginJarBuilder("random-pruning", BrokenPlugin.EDITS_NOTHING.method())
            .descriptor(BrokenPlugin.EDITS_NOTHING.descriptor())
            .build(folder.resolve("evil"));
    CommandLineRun run = nepenthe("plugins", "--plugins", evil.toString());
    assertEquals(4, run.exitCode());
    assertTrue(
        run.err().contains(evil + " is rejected: the id 'random-pruning' belongs to"), run.err());
    assertTrue(run.out().contains("random-pruning             control"), run.out());
    assertTrue(!run.out().contains("edits-nothing"), run.out());
  }

  @Test
  void aNewPluginIsAFolderThatWasNotThere() throws IOException {
    String out = folder.resolve("mine").toString();
    String[] command = {
      "plugins", "new", "mine", "--family", "fine-tuning", "--out", out, "--json"
    };
    JsonNode written = nepenthe(command).json();
    assertEquals(out, written.path("folder").asText());
    for (JsonNode file : written.path("files")) {
      assertTrue(Files.isRegularFile(folder.resolve("mine").resolve(file.asText())), file.asText());
    }
    nepenthe(command).isMistake(8, "is not empty");
    command[2] = "no-mitigation";
    nepenthe(command).isMistake(2, "'no-mitigation' is a method of Nepenthe's own");
  }

  @Test
  void listsSuitesAsJson() throws IOException {
    JsonNode suites = nepenthe("suites", "--json").json();
    assertTrue(suites.findValuesAsText("name").contains("quick"));
    assertEquals("", nepenthe("suites", "--json").err());
  }

  @Test
  void describesWhatASuiteWouldDoBeforeAnythingRuns() throws IOException {
    String asked = suite(TINY + "  - id: slim\n");
    CommandLineRun run = nepenthe("suites", "describe", asked, "--workers", "3");
    assertEquals(0, run.exitCode(), run.err());
    assertTrue(run.out().contains("For tests."), run.out());
    assertTrue(run.out().contains("with 3 workers"), run.out());
    JsonNode plan = nepenthe("run", asked, "--dry-run", "--no-timing", "--json").json();
    assertEquals("tiny", plan.path("suite").asText());
    assertEquals(2, plan.path("total").path("trainings").asInt());
    assertEquals(2 * (1 + 9), plan.path("total").path("trials").asInt());
    assertEquals(2 + 2, plan.path("total").path("localizations").asInt()); // of nine points one
    assertEquals(0, plan.path("total").path("timingSeconds").asDouble());
    assertTrue(plan.path("wallSeconds").asDouble() > 0);
    assertTrue(plan.path("diskBytes").asLong() > 0);
    assertFalse(Files.exists(folder.resolve("runs")));
  }

  @Test
  void runsAPartOfASuiteInAFolderOfItsOwn() throws IOException {
    String asked = suite(TINY + "  - {id: random-pruning, grid: {ratio: [0.1]}}\n");
    String out = folder.resolve("out").toString();
    String[] part = {
      "run",
      asked,
      "--methods",
      "random-pruning",
      "--seeds",
      "1",
      "--no-timing",
      "--out",
      out,
      "--json"
    };
    JsonNode rows = nepenthe(part).json();
    assertEquals(List.of("original", "random-pruning"), rows.findValuesAsText("method"));
    assertEquals("[1]", rows.get(0).path("seeds").toString());
    nepenthe("run", asked, "--no-timing", "--out", out, "--json").json(); // the rest joins it
    nepenthe(part).isMistake(2, "holds a run of more than that part of suite tiny");
    nepenthe("run", asked, "--methods", "slim")
        .isMistake(2, "suite tiny has no method 'slim'; it has [no-mitigation, random-pruning]");
    nepenthe("run", asked, "--tasks", "x").isMistake(2, "has no task 'x'; it has [tiny-noise]");
    nepenthe("run", asked, "--seeds", "7").isMistake(2, "has no seed '7'; it has [0, 1]");
  }

  @Test
  void aForeignMethodJoinsASuite() throws IOException {
    Path jars = folder.resolve("jars");
    BrokenPlugin.THROWS.jar(jars);
    String foreign = jars.toString();
    assertEquals(
        2 + 4, trials("run", tiny(), "--add", "throws", "--plugins", foreign, "--dry-run"));
    assertEquals(
        2 + 4, trials("suites", "describe", tiny(), "--add", "throws", "--plugins", foreign));
    String more = suite(TINY + "  - id: slim\n");
    String[] part = {
      "run",
      more,
      "--methods",
      "no-mitigation",
      "--add",
      "throws",
      "--plugins",
      foreign,
      "--dry-run"
    };
    assertEquals(2 + 4, trials(part), "what is added stays, whatever is left out");
    nepenthe("run", more, "--add", "throws").isMistake(2, "there is no method 'throws'");
    nepenthe("run", more, "--add", "slim").isMistake(2, "has the method 'slim' already");
    nepenthe("run", more, "--plugins", foreign, "--add", "throws,throws").isMistake(2, "already");
  }

  private int trials(String... arguments) throws IOException {
    String[] asJson = Arrays.copyOf(arguments, arguments.length + 1);
    asJson[arguments.length] = "--json";
    return nepenthe(asJson).json().path("total").path("trials").asInt();
  }

  @Test
  void trainsOnceAndFindsItAgain() throws IOException {
    JsonNode first = nepenthe("train", tiny(), "--seed", "1", "--json").json();
    JsonNode second = nepenthe("train", tiny(), "--seed", "1", "--json").json();
    assertEquals(first, second); // the seconds too: it was not trained again
    assertEquals(1, first.size());
    Path model = Path.of(first.get(0).path("folder").asText());
    assertTrue(Files.isRegularFile(model.resolve("model.safetensors")));
  }

  @Test
  void runsASuiteFromStartToEnd() throws IOException {
    Path out = folder.resolve("out");
    String[] arguments = {"run", tiny(), "--out", out.toString(), "--no-timing", "--json"};
    CommandLineRun first = nepenthe(arguments);
    assertEquals(List.of("original", "no-mitigation"), first.json().findValuesAsText("method"));
    assertTrue(Files.isRegularFile(out.resolve("report").resolve("index.html")));
    assertTrue(Files.isRegularFile(out.resolve("summary.json")));
    String selection = Files.readString(out.resolve("selection.json"));
    assertEquals(first.json(), nepenthe("report", out.toString(), "--json").json());
    assertEquals(selection, Files.readString(out.resolve("selection.json")));
    Path both = folder.resolve("both");
    CommandLineRun merged =
        nepenthe("report", out.toString(), out.toString(), "--out", both.toString(), "--json");
    assertEquals(first.json(), merged.json());
    assertTrue(Files.isRegularFile(both.resolve("index.html")));
    nepenthe("report", out.toString(), "--out", out.toString()).isMistake(2, "holds a run");
    assertEquals(first.json(), nepenthe(arguments).json());
    JsonNode energy = nepenthe("energy", out.toString(), "--json").json();
    assertEquals(2, energy.path("invocations").asInt()); // the report was none
    assertTrue(energy.path("wallSeconds").asDouble() > 0);
    assertEquals("no-mitigation", energy.at("/methods/0/tuning/method").asText());
  }

  @Test
  void aFolderHoldsTheRunOfOneSuiteInOneFidelity() throws IOException {
    String out = folder.resolve("out").toString();
    String asked = suite(OF_ONE_SEED);
    nepenthe("run", asked, "--out", out, "--no-timing", "--fidelity", "reference", "--json").json();
    Path timing = Files.writeString(folder.resolve("out/timing/kept.json"), "{}");
    nepenthe("run", asked, "--out", out)
        .isMistake(
            2,
            out
                + " holds a run of suite tiny in reference fidelity, protocol 1.1, not of suite tiny in"
                + " clean fidelity, protocol 1.1. Choose another --out folder.");
    String other = suite(OF_ONE_SEED.replace("name: tiny", "name: other"));
    nepenthe("run", other, "--out", out, "--fidelity", "reference")
        .isMistake(2, "not of suite other");
    nepenthe("time", out, "--suite", other)
        .isMistake(2, "not of suite other in reference fidelity");
    assertEquals("{}", Files.readString(timing));
    JsonNode energy = nepenthe("energy", out, "--json").json();
    assertEquals(1, energy.path("invocations").asInt()); // what was refused used nothing of it
  }

  @Test
  void failedTrialsSayHowToRunThemAgain() throws IOException {
    Path plugins = folder.resolve("plugins");
    BrokenPlugin.THROWS.jar(plugins);
    String asked = suite(memorizing("throws"));
    String[] run = {"run", asked, "--plugins", plugins.toString(), "--out", folder + "/out"};
    CommandLineRun first = nepenthe(run);
    assertEquals(9, first.exitCode());
    assertTrue(Files.isRegularFile(folder.resolve("out/energy.json")));
    assertTrue(first.err().contains(" of 2 trials failed"), first.err());
    assertTrue(first.err().contains("with --retry-failed the same command"), first.err());
    assertFalse(nepenthe(run).err().contains("trial failed"));
    String[] retry = Arrays.copyOf(run, run.length + 1);
    retry[run.length] = "--retry-failed";
    assertTrue(nepenthe(retry).err().contains("trial failed"));
  }

  @Test
  void aControlThatIsATrainingKeepsTheTimeOfTheSweep() throws IOException {
    Path out = folder.resolve("out");
    String asked = suite(memorizing("retrain-without-artifacts"));
    CommandLineRun run = nepenthe("run", asked, "--out", out.toString(), "--json");
    JsonNode row = run.json().get(1);
    assertEquals("control", row.path("family").asText());
    assertEquals("sweep", row.path("secondsSource").asText());
    assertFalse(row.path("note").asText().contains("timing"), row.toString());
    assertTrue(row.path("seconds").path("mean").asDouble() > 0);
    assertFalse(run.err().contains("timing of"), run.err());
    try (Stream<Path> timings = Files.list(out.resolve("timing"))) {
      assertEquals(0, timings.count());
    }
  }
}
