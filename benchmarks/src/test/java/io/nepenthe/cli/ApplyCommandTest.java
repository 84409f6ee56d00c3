package io.nepenthe.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.databind.JsonNode;
import io.nepenthe.checkpoint.ModelFolder;
import io.nepenthe.data.Sequences;
import io.nepenthe.data.Window;
import io.nepenthe.model.SpecialIds;
import io.nepenthe.model.TensorSpec;
import io.nepenthe.model.Weights;
import io.nepenthe.model.gpt2.Gpt2;
import io.nepenthe.model.gpt2.Gpt2Config;
import io.nepenthe.original.Checkpoint;
import io.nepenthe.original.CheckpointFolder;
import io.nepenthe.plugin.FineTuning;
import io.nepenthe.plugin.Given;
import io.nepenthe.plugin.Hyperparameters;
import io.nepenthe.plugin.MitigationContext;
import io.nepenthe.plugin.MitigationContext.Trained;
import io.nepenthe.plugin.MitigationMethod;
import io.nepenthe.plugin.Need;
import io.nepenthe.plugin.Progress;
import io.nepenthe.plugin.Unlearning;
import io.nepenthe.pluginhost.LoadedPlugin;
import io.nepenthe.protocol.ContentHash;
import io.nepenthe.protocol.Fidelity;
import io.nepenthe.protocol.Quirk;
import io.nepenthe.protocol.RandomStreams;
import io.nepenthe.tensor.AdamWSettings;
import io.nepenthe.tensor.Torch;
import io.nepenthe.testkit.BrokenMethods;
import io.nepenthe.testkit.BrokenPlugin;
import io.nepenthe.testkit.PluginJarBuilder;
import io.nepenthe.training.OptimizerState;
import io.nepenthe.training.TrainingSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pf4j.Extension;

/** Methods applied to a model made by hand, none of whose entries is zero. */
class ApplyCommandTest {
  private static final int VOCABULARY = 14;
  private static final int LENGTH = 12;
  private static final int WIDTH = 8;
  private static final int HIDDEN = 4 * WIDTH;
  private static final int PROMPT = 5;

  @TempDir private Path folder;
  private final Gpt2 gpt2 = new Gpt2(Gpt2Config.tinyMem(VOCABULARY, LENGTH, WIDTH, 2, 2));
  private float[] values;
  private Sequences rows;

  @BeforeEach
  void write() throws IOException {
    RandomGenerator random = new RandomStreams(5).stream("test");
    values = gpt2.initialValues(random);
    for (int i = 0; i < values.length; i++) {
      values[i] = 10 * values[i] + (random.nextBoolean() ? 0.01f : -0.01f);
    }
    ModelFolder.write(path("model"), gpt2, values, new SpecialIds(10, 11, 12));
    rows = random(random, 9, LENGTH);
    rows.writeCsv(path("rows.csv"));
    random(random, 3, LENGTH - 2).writeCsv(path("short.csv"));
  }

  @Test
  void aModelWhosePositionsAreMaskedInUseIsRefused() throws IOException {
    String record =
        "{\"label\":\"x\",\"passes\":1,\"steps\":1,\"losses\":[1],\"seconds\":1,\"sha256\":{},"
            + "\"positionFactors\":[1.5,0]}";
    Files.writeString(path("model").resolve("training.json"), record);
    apply("edited", "no-mitigation").isMistake(5, "positions are masked at inference");
    nepenthe("score", "--model", path("model").toString(), "--rows", path("rows.csv").toString())
        .isMistake(5, "positions are masked at inference");
  }

  private static Sequences random(RandomGenerator random, int count, int length) {
    return Sequences.of(
        length,
        Stream.generate(() -> random.ints(length, 0, VOCABULARY).toArray()).limit(count).toList());
  }

  private Path path(String name) {
    return folder.resolve(name);
  }

  private CommandLineRun nepenthe(String... arguments) {
    return CommandLineRun.of(folder, arguments);
  }

  /** Applies a method to the model; files of rows are named as they are in the test's folder. */
  private CommandLineRun apply(String out, String words) {
    List<String> arguments = new ArrayList<>(List.of("apply"));
    for (String word : words.split(" ", -1)) {
      arguments.add(word.endsWith(".csv") ? path(word).toString() : word);
    }
    arguments.addAll(List.of("--model", path("model").toString(), "--json"));
    arguments.addAll(List.of("--out", path(out).toString()));
    return nepenthe(arguments.toArray(String[]::new));
  }

  private CommandLineRun applyBroken(BrokenPlugin plugin) {
    plugin.jar(path("plugins"));
    return apply(
        "edited",
        plugin.id() + " --forget rows.csv --prompt 5 --plugins " + path("plugins").toString());
  }

  private float[] edited(String out) {
    assertEquals(gpt2.config(), ((Gpt2) ModelFolder.readModel(path(out))).config());
    return ModelFolder.readValues(path(out), gpt2);
  }

  private Map<String, Long> changedIn(float[] after) {
    Map<String, Long> changed = new TreeMap<>();
    for (TensorSpec tensor : gpt2.layout().tensors()) {
      for (int i = 0; i < tensor.size(); i++) {
        int entry = (int) tensor.offset() + i;
        if (Float.floatToRawIntBits(after[entry]) != Float.floatToRawIntBits(values[entry])) {
          assertTrue(changed.merge(tensor.name(), 1L, Long::sum) > 0);
        }
      }
    }
    return changed;
  }

  private static Map<String, Long> reported(JsonNode json) {
    Map<String, Long> changed = new TreeMap<>();
    long total = 0;
    for (Map.Entry<String, JsonNode> entry : json.path("changed").path("tensors").properties()) {
      changed.put(entry.getKey(), entry.getValue().asLong());
      total += entry.getValue().asLong();
    }
    assertEquals(total, json.path("changed").path("total").asLong());
    return changed;
  }

  private static Map<String, Long> inEveryLayer(Map<String, Long> counts) {
    Map<String, Long> all = new TreeMap<>();
    for (int layer = 0; layer < 2; layer++) {
      for (Map.Entry<String, Long> count : counts.entrySet()) {
        all.put("transformer.h." + layer + ".mlp." + count.getKey(), count.getValue());
      }
    }
    return all;
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.05, 0.3, 1})
  void durableZeroesItsShareOfEveryMlpTensorAndNothingElse(double ratio) throws IOException {
    JsonNode json =
        apply("edited", "durable --forget rows.csv --prompt 5 --set ratio=" + ratio).json();
    Map<String, Long> expected =
        inEveryLayer(
            Map.of(
                "c_fc.weight",
                (long) (WIDTH * HIDDEN * ratio),
                "c_fc.bias",
                (long) (HIDDEN * ratio),
                "c_proj.weight",
                (long) (WIDTH * HIDDEN * ratio),
                "c_proj.bias",
                (long) (WIDTH * ratio)));
    expected.values().removeIf(count -> count == 0);
    assertEquals(expected, reported(json));
    float[] after = edited("edited");
    assertEquals(expected, changedIn(after));
    for (int i = 0; i < after.length; i++) {
      assertTrue(after[i] == values[i] || after[i] == 0);
    }
  }

  @Test
  void actZeroesItsShareOfTheNeuronsOfEveryLayer() throws IOException {
    JsonNode json = apply("edited", "act --forget rows.csv --prompt 5 --set ratio=0.1").json();
    Map<String, Long> expected = inEveryLayer(Map.of("c_fc.weight", 3L * WIDTH, "c_fc.bias", 3L));
    assertEquals(expected, reported(json));
    assertEquals(expected, changedIn(edited("edited")));
    JsonNode seconds = json.path("seconds");
    assertEquals(
        seconds.path("total").asDouble(),
        seconds.path("localize").asDouble() + seconds.path("edit").asDouble(),
        1e-9);
    assertTrue(seconds.path("localize").asDouble() > 0);
  }

  @Test
  void noMitigationKeepsEveryByte() throws IOException {
    JsonNode json = apply("edited", "no-mitigation").json();
    assertEquals(Map.of(), reported(json));
    for (String file : List.of("config.json", "model.safetensors")) {
      assertEquals(
          -1, Files.mismatch(path("model").resolve(file), path("edited").resolve(file)), file);
    }
    assertTrue(json.path("seconds").path("localize").isNull());
    assertTrue(json.path("seconds").path("edit").isNull());
    assertTrue(json.path("seconds").path("total").isNumber());
  }

  @ParameterizedTest
  @CsvSource({
    "durable, ratio=0.2, --forget rows.csv",
    "act, ratio=0.2, --forget rows.csv --prompt 5",
    "random-pruning, ratio=0.2, --threads 1",
    "clean-fine-tuning, epochs=3, --twins rows.csv",
    "extra-fine-tuning, epochs=2, --extra rows.csv --batch-size 4 --learning-rate 0.01"
  })
  void theEditedModelIsWhatTheMethodMakesInThisProcess(
      String method, String setting, String options) {
    CommandLineRun run = apply("edited", method + " --seed 7 --set " + setting + " " + options);
    assertEquals(0, run.exitCode(), run.err());
    int equals = setting.indexOf('=');
    Map<String, Number> point =
        Map.of(setting.substring(0, equals), Double.valueOf(setting.substring(equals + 1)));
    boolean other = options.contains("--batch-size");
    float[] expected = made(method, point, other ? 4 : 128, other ? 0.01 : 1e-3);
    assertArrayEquals(expected, edited("edited"));
    assertFalse(Arrays.equals(expected, values));
  }

  private float[] made(
      String method, Map<String, Number> point, int batchSize, double learningRate) {
    Torch.useThreads(1);
    try (NDManager manager = Torch.newManager(Device.cpu());
        Weights weights = Weights.of(gpt2.layout(), manager, values)) {
      Map<Need, Sequences> data = new LinkedHashMap<>();
      for (Need need : Need.rows()) {
        data.put(need, rows);
      }
      mitigate(
          LoadedPlugin.method(jar(method), ContentHash.ofFile(jar(method))),
          point,
          new MitigationContext(
              gpt2,
              weights,
              Given.of(data, new Window(PROMPT, LENGTH - PROMPT)),
              new Trained(
                  new TrainingSettings(1, batchSize, AdamWSettings.paper(learningRate)),
                  LENGTH,
                  0,
                  OptimizerState.FRESH),
              Set.of(),
              new RandomStreams(7),
              Progress.SILENT));
      return weights.toFloats();
    }
  }

  private static <P extends Record> void mitigate(
      MitigationMethod<P> method, Map<String, Number> point, MitigationContext context) {
    P hyperparameters = Hyperparameters.bind(method.hyperparameters(), point);
    if (method instanceof FineTuning<P> fineTuning) {
      fineTuning.fineTune(hyperparameters, context);
    } else if (method instanceof Unlearning<P> unlearning) {
      unlearning.mitigate(hyperparameters, context);
    }
  }

  private static Path jar(String method) {
    try (Stream<Path> files =
        Files.list(CommandLineRun.root().resolve("plugins").resolve(method).resolve("target"))) {
      return files
          .filter(file -> file.getFileName().toString().matches(method + "-[0-9.]+\\.jar"))
          .findAny()
          .orElseThrow();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void ngramsThatAMethodBlocksLieBesideTheModelAndScoreHeedsThem() throws IOException {
    JsonNode applied = apply("edited", "block-decoding --forget rows.csv --set n=1").json();
    assertEquals(VOCABULARY, applied.path("blockedNgrams").asInt()); // every id occurs
    assertEquals(0, applied.path("changed").path("total").asInt());
    assertTrue(Files.exists(path("edited").resolve("blocked-ngrams.csv")));
    JsonNode before = score("model");
    JsonNode after = score("edited");
    assertEquals(0, after.path("accuracyPercent").asDouble());
    assertTrue(before.path("accuracyPercent").asDouble() > 0, before.toString());
    assertEquals(before.path("perplexity"), after.path("perplexity"));
  }

  private JsonNode score(String model) throws IOException {
    String rowsFile = path("rows.csv").toString();
    return nepenthe("score", "--model", path(model).toString(), "--rows", rowsFile, "--json")
        .json();
  }

  @ParameterizedTest
  @ValueSource(strings = {"random-pruning --set ratio=0.3", "clean-fine-tuning --twins rows.csv"})
  void equalCommandsGiveEqualBytes(String words) throws IOException {
    String hash = apply("first", words).json().path("weightsHash").asText();
    assertEquals(hash, apply("second", words).json().path("weightsHash").asText());
    assertEquals(
        -1,
        Files.mismatch(
            path("first").resolve("model.safetensors"),
            path("second").resolve("model.safetensors")));
    JsonNode third = apply("third", words + " --seed 1 --batch-size 2").json();
    assertFalse(hash.equals(third.path("weightsHash").asText()));
    assertFalse(Arrays.equals(edited("first"), edited("third")));
  }

  @Test
  void saysWhatWasDone() throws IOException {
    JsonNode json =
        apply(
                "edited",
                "balanced-subnet --forget rows.csv --retain rows.csv --prompt 5 --set epochs=2"
                    + " --seed 3 --length 9 --twins nowhere.csv --quirk layer-by-substring")
            .json();
    assertEquals("balanced-subnet", json.path("method").asText());
    assertEquals("unlearning", json.path("family").asText());
    assertFalse(json.path("version").asText().isEmpty());
    assertEquals(2, json.path("hyperparameters").path("epochs").asInt());
    assertEquals(0.7, json.path("hyperparameters").path("lossWeight").asDouble());
    assertEquals(3, json.path("seed").asInt());
    assertEquals("clean", json.path("fidelity").asText());
    assertEquals("[\"layer-by-substring\"]", json.path("quirks").toString());
    assertEquals(
        "{\"forget\":{\"length\":9,\"rows\":9},\"retain\":{\"length\":9,\"rows\":9}}",
        json.path("rows").toString());
    assertEquals(PROMPT, json.path("trained").path("prompt").asInt());
    assertEquals(path("model").toString(), json.path("model").asText());
    assertEquals(path("edited").toString(), json.path("out").asText());
  }

  @Test
  void referenceFidelityReproducesEveryQuirk() throws IOException {
    JsonNode json = apply("edited", "act --forget rows.csv --prompt 5 --fidelity reference").json();
    assertEquals("reference", json.path("fidelity").asText());
    assertEquals(Quirk.of(Fidelity.REFERENCE).size(), json.path("quirks").size());
  }

  @Test
  void tellsPeopleTheSame() {
    CommandLineRun run =
        nepenthe(
            "apply",
            "durable",
            "--model",
            path("model").toString(),
            "--forget",
            path("rows.csv").toString(),
            "--prompt",
            "5",
            "--set",
            "ratio=0.05",
            "--out",
            path("new/edited").toString());
    assertEquals(0, run.exitCode(), run.err());
    assertTrue(run.out().contains("forget: 9 rows of 12 tokens\n"), run.out());
    assertTrue(run.out().contains("  transformer.h.1.mlp.c_fc.weight 12\n"), run.out());
    assertTrue(run.out().matches("(?s).*seconds: [0-9.]+ \\(localize [0-9.]+, edit .*"), run.out());
    assertTrue(run.out().endsWith(path("new/edited") + "\n"), run.out());
    assertTrue(edited("new/edited").length > 0);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          fly                                    | 2 | there is no method 'fly'. Known methods: act,
          act                                    | 2 | method act needs --forget CSV
          balanced-subnet --forget rows.csv      | 2 | method balanced-subnet needs --retain CSV
          clean-fine-tuning --extra rows.csv     | 2 | method clean-fine-tuning needs --twins CSV
          extra-fine-tuning --twins rows.csv     | 2 | method extra-fine-tuning needs --extra CSV
          loss-truncation                        | 2 | takes part in training
          act --forget rows.csv                  | 2 | the prompt has 50 tokens, must have fewer than the 12
          act --forget rows.csv --prompt 12      | 2 | less than the 12 tokens
          act --forget rows.csv --prompt 0       | 2 | --prompt is 0
          act --forget rows.csv --prompt 9 --length 9 | 2 | less than the 9 tokens
          act --forget rows.csv --length 13      | 2 | --length is 13, must be at least 2 and at most
          act --forget rows.csv --length 1       | 2 | --length is 1
          act --forget rows.csv --set ratio=1 --set ratio=2 | 2 | --set names ratio twice
          act --forget rows.csv --set ratio      | 2 | --set is 'ratio', must be NAME=VALUE
          act --set ratio                        | 2 | --set
          act --set ratio=2                      | 2 | ratio is 2.0, must be in [0, 1]
          act --set ratio=much                   | 2 | ratio is the text 'much', must be in [0, 1]
          act --set share=0.5                    | 2 | there is no hyper-parameter 'share'; there is [ratio]
          clean-fine-tuning --set epochs=1.5     | 2 | epochs is 1.5, must be a whole number in [1, 1000]
          act --fidelity perfect                 | 2 | --fidelity
          act --forget rows.csv --prompt 5 --quirk odd | 2 | there is no quirk 'odd'. Known quirks: fixed-split
          no-mitigation --threads 0              | 2 | --threads is 0, must be at least 1
          no-mitigation --device tpu             | 2 | --device is 'tpu', must be cpu, gpu, gpu1
          no-mitigation --device gpu99           | 2 | --device is gpu99, PyTorch here can use
          no-mitigation --batch-size 0           | 2 | --batch-size is 0, must be at least 1
          no-mitigation --learning-rate 2        | 2 | --learning-rate is 2.0, must be in (0, 1]
          no-mitigation --seed x                 | 2 | --seed
          no-mitigation --plugins /nowhere       | 8 | there is no plugin folder /nowhere
          act --forget nowhere.csv               | 6 | nowhere.csv
          balanced-subnet --forget rows.csv --retain short.csv --prompt 5 | 6 | --retain has 3 rows of 10 tokens
          """)
  void aMistakeIsOneLineAndNothingIsWritten(String words, int code, String message)
      throws IOException {
    apply("edited", words).isMistake(code, message);
    assertNothingIsWritten();
  }

  private void assertNothingIsWritten() throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      List<String> names = entries.map(entry -> entry.getFileName().toString()).toList();
      assertFalse(names.stream().anyMatch(name -> name.contains("edited")), names.toString());
    }
  }

  @Test
  void rowsAreCutBeforeTheyAreMeasured() throws IOException {
    Files.writeString(
        path("long.csv"), Files.readString(path("rows.csv")).replace("\n", " 1 2 3\n"));
    apply("cut", "act --forget long.csv --length 12 --prompt 5 --set ratio=0.1").json();
    apply("whole", "act --forget rows.csv --prompt 5 --set ratio=0.1").json();
    assertArrayEquals(edited("whole"), edited("cut"));
  }

  @Test
  void whatStaysBehindIsNamed() throws IOException {
    Files.writeString(path("model").resolve("vocab.txt"), "a");
    Files.writeString(path("model").resolve("README.md"), "a");
    JsonNode json = apply("edited", "no-mitigation").json();
    assertEquals("[\"README.md\"]", json.path("leftOut").toString());
    assertTrue(Files.exists(path("edited").resolve("vocab.txt")));
  }

  @Test
  void modelAndOutAreRequired() {
    nepenthe("apply", "act", "--out", "x").isMistake(2, "--model=DIR");
    nepenthe("apply", "act", "--model", "x").isMistake(2, "--out=DIR");
    nepenthe("apply", "--model", "x", "--out", "y").isMistake(2, "METHOD");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''         | has 0 rows of 0 tokens; give rows of at least 2 tokens
          3          | has 1 rows of 1 tokens; give rows of at least 2 tokens
          1 2;1      | line 2 has 1 ids where line 1 has 2
          1 2;1 x    | line 2 holds 'x', which is no token id
          1 2;1 -2   | line 2 holds the id -2, must be at least 0
          1 2;1 14   | ids below 14
          0 1 2 3 4 5 6 7 8 9 0 1 2 | the model reads 12 tokens. Cut them with --length
          """)
  void rowsThatDoNotFitAreAMistake(String lines, String message) throws IOException {
    Files.writeString(path("bad.csv"), lines.replace(';', '\n') + "\n");
    apply("edited", "act --forget bad.csv --prompt 1").isMistake(6, message);
    assertNothingIsWritten();
  }

  @Test
  void windowsAreOneForEachRowToForget() throws IOException {
    Files.writeString(path("windows.csv"), "5 7\n");
    apply("edited", "act --forget rows.csv --windows windows.csv --prompt 5")
        .isMistake(6, "has 1 rows of 2 numbers, must have 2 for each of");
    apply("edited", "no-mitigation --windows windows.csv")
        .isMistake(2, "--windows is of rows to forget, and method no-mitigation has none");
    assertNothingIsWritten();
    Files.writeString(path("windows.csv"), "5 7\n".repeat(rows.rows()));
    apply("edited", "act --forget rows.csv --windows windows.csv --prompt 5").json();
  }

  /** Goes back to the other model that it asks for. */
  @Extension
  public static final class GoesBack implements Unlearning<GoesBack.Nothing> {
    private static final String DESCRIPTOR =
        """
        {
          "name": "Goes back",
          "family": "unlearning",
          "edits": "all",
          "summary": "For tests.",
          "paper": {"title": "T", "authors": "A", "year": 2024, "url": "https://example.org", "section": "1"},
          "needs": ["%s"],
          "hyperparameters": {}
        }
        """;

    /** No hyper-parameters. */
    public record Nothing() {}

    @Override
    public Class<Nothing> hyperparameters() {
      return Nothing.class;
    }

    @Override
    public void mitigate(Nothing hyperparameters, MitigationContext context) {
      try (Weights back =
          context.has(Need.INITIAL_WEIGHTS) ? context.initialWeights() : context.checkpoint(20)) {
        context.weights().set(back);
      }
    }
  }

  @Test
  void otherModelsAreGivenAsTheMethodAsksForThem() throws IOException {
    for (String need : List.of("initial-weights", "checkpoint:20")) {
      new PluginJarBuilder(need.replace(':', '-'), GoesBack.class)
          .descriptor(GoesBack.DESCRIPTOR.formatted(need))
          .build(path("plugins"));
    }
    float[] before = values.clone();
    Arrays.fill(before, 0.25f);
    ModelFolder.write(path("before"), gpt2, before, new SpecialIds(10, 11, 12));
    Gpt2 other = new Gpt2(Gpt2Config.tinyMem(VOCABULARY, LENGTH, WIDTH, 1, 2));
    ModelFolder.write(
        path("other"),
        other,
        other.initialValues(new RandomStreams(5).stream("test")),
        new SpecialIds(10, 11, 12));
    String jars = " --plugins " + path("plugins");
    apply("edited", "initial-weights" + jars)
        .isMistake(2, "method initial-weights needs --initial-weights DIR, a folder");
    apply("edited", "checkpoint-20 --checkpoint 21=" + path("before") + jars)
        .isMistake(2, "method checkpoint-20 needs --checkpoint 20=DIR, a folder");
    apply("edited", "initial-weights --initial-weights " + path("other") + jars)
        .isMistake(5, "given as initial-weights, has other tensors than --model");
    assertNothingIsWritten();
    apply("first", "initial-weights --initial-weights " + path("before") + jars).json();
    assertArrayEquals(before, edited("first"));
    apply("second", "checkpoint-20 --checkpoint 20=" + path("before") + jars).json();
    assertArrayEquals(before, edited("second"));
  }

  @Test
  void aDamagedModelIsAMistake() throws IOException {
    Path weights = path("model").resolve("model.safetensors");
    Files.write(weights, Arrays.copyOf(Files.readAllBytes(weights), 1000));
    apply("edited", "no-mitigation").isMistake(5, "model.safetensors");
    Files.writeString(path("model").resolve("config.json"), "{\"model_type\": \"opt\"}");
    apply("edited", "no-mitigation").isMistake(5, "model_type is 'opt'");
    Files.delete(path("model").resolve("config.json"));
    apply("edited", "no-mitigation").isMistake(5, "config.json");
    assertNothingIsWritten();
  }

  @Test
  void whatIsThereIsNotOverwritten() throws IOException {
    Files.createDirectory(path("full"));
    Files.writeString(path("full").resolve("thesis.txt"), "mine");
    apply("full", "no-mitigation").isMistake(8, "full is not empty");
    apply("rows.csv", "no-mitigation").isMistake(8, "rows.csv is a file");
    apply("model", "no-mitigation").isMistake(8, "model is not empty");
    apply("rows.csv/edited", "no-mitigation").isMistake(8, "cannot write to ");
    Files.createDirectory(path("empty"));
    assertEquals(0, apply("empty", "no-mitigation").exitCode());
    assertArrayEquals(values, edited("empty"));
  }

  @ParameterizedTest
  @EnumSource(
      names = {
        "THROWS",
        "RETURNS_NAN",
        "CLOSES_WEIGHTS",
        "READS_UNDECLARED_DATA",
        "LOCALIZES_NOTHING",
        "WRONG_DESCRIPTOR"
      })
  void aMethodThatFailsIsOneLineAndNothingIsWritten(BrokenPlugin plugin) throws IOException {
    applyBroken(plugin).isMistake(9, "method " + plugin.id() + " 0.1.0 failed: ");
    assertNothingIsWritten();
  }

  @Test
  void theLineSaysWhyAMethodFailed() {
    applyBroken(BrokenPlugin.THROWS)
        .isMistake(9, "IllegalStateException: " + BrokenMethods.Throws.MESSAGE);
    applyBroken(BrokenPlugin.RETURNS_NAN)
        .isMistake(9, "it left NaN at entry 0 of tensor transformer.wte.weight");
    applyBroken(BrokenPlugin.NO_EXTENSION)
        .isMistake(4, "lists no class; mark the method's class with @Extension");
    applyBroken(BrokenPlugin.NEEDS_ANOTHER_PROTOCOL).isMistake(4, "it needs protocol");
  }

  @Test
  void whatAMethodPrintsStaysOffStandardOutput() throws IOException {
    CommandLineRun run = applyBroken(BrokenPlugin.PRINTS);
    assertEquals("prints", run.json().path("method").asText());
    assertEquals(2000, run.err().lines().filter(BrokenMethods.Prints.TEXT::equals).count());
    assertArrayEquals(values, edited("edited"));
  }

  @Test
  void editsMadeWhileLocalizingAreUndone() throws IOException {
    assertEquals(Map.of(), reported(applyBroken(BrokenPlugin.EDITS_WHILE_LOCALIZING).json()));
  }

  @Test
  void theTokenizerComesAlong() throws IOException {
    Files.writeString(path("model").resolve("vocab.json"), "{}");
    apply("edited", "no-mitigation").json();
    assertEquals("{}", Files.readString(path("edited").resolve("vocab.json")));
  }

  @Test
  void goesOnWhereTheTrainingOfAnInspectedModelEnded() throws IOException {
    Path suite = Files.writeString(path("tiny.yaml"), NepentheTest.TINY);
    Path inspected = path("inspect");
    JsonNode description =
        nepenthe(
                "inspect",
                suite.toString(),
                "--task",
                "tiny-noise",
                "--seed",
                "1",
                "--out",
                inspected.toString(),
                "--json")
            .json();
    JsonNode training = description.path("training");
    String[] arguments = {
      "apply",
      "clean-fine-tuning",
      "--model",
      inspected.resolve("model").toString(),
      "--twins",
      inspected.resolve("planted-twins.csv").toString(),
      "--length",
      description.path("trainedLength").asText(),
      "--learning-rate",
      training.path("learningRate").asText(),
      "--batch-size",
      training.path("batchSize").asText(),
      "--seed",
      "1",
      "--out",
      path("edited").toString(),
      "--json"
    };
    JsonNode applied = nepenthe(arguments).json();
    assertEquals(3, applied.path("trained").path("passes").asInt());
    assertTrue(applied.path("trained").path("optimizerSteps").asInt() > 0);
    assertFalse(Files.exists(path("edited").resolve("optimizer.safetensors")));
    assertArrayEquals(
        trainedOn(inspected, description),
        ModelFolder.readValues(path("edited"), ModelFolder.readModel(path("edited"))));
    Path weights = inspected.resolve("model").resolve("model.safetensors");
    Files.copy(
        path("edited").resolve("model.safetensors"),
        weights,
        java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    arguments[arguments.length - 2] = path("again").toString();
    nepenthe(arguments).isMistake(5, "checkpoint is damaged");
  }

  private float[] trainedOn(Path inspected, JsonNode description) {
    Optional<Checkpoint> checkpoint = CheckpointFolder.at(inspected.resolve("model"));
    Sequences twins = Sequences.readCsv(inspected.resolve("planted-twins.csv"));
    Torch.useThreads(1);
    try (NDManager manager = Torch.newManager(Device.cpu());
        ModelFolder.Loaded loaded = ModelFolder.read(inspected.resolve("model"), manager)) {
      new MitigationContext(
              loaded.model(),
              loaded.weights(),
              Given.NOTHING,
              new Trained(
                  new TrainingSettings(3, 16, AdamWSettings.paper(0.005)),
                  description.path("trainedLength").asInt(),
                  3,
                  checkpoint.orElseThrow().optimizer()),
              Set.of(),
              new RandomStreams(1),
              Progress.SILENT)
          .trainOn(twins, 5);
      return loaded.weights().toFloats();
    }
  }
}
