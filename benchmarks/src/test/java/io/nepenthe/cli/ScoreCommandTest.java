package io.nepenthe.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.databind.JsonNode;
import io.nepenthe.checkpoint.ModelFolder;
import io.nepenthe.data.Sequences;
import io.nepenthe.json.Json;
import io.nepenthe.metric.GreedyDecoder;
import io.nepenthe.model.KeyValueCache;
import io.nepenthe.model.Parameters;
import io.nepenthe.model.SpecialIds;
import io.nepenthe.model.Tap;
import io.nepenthe.model.TensorSpec;
import io.nepenthe.model.gpt2.Gpt2;
import io.nepenthe.model.gpt2.Gpt2Config;
import io.nepenthe.protocol.RandomStreams;
import io.nepenthe.tensor.Torch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Scores of a model made by hand, against decoding and a softmax one row and token at a time. */
class ScoreCommandTest {
  private static final int VOCABULARY = 14;
  private static final int LENGTH = 12;
  private static final int PROMPT = 5;
  private static final int COMPARE = 4;

  @TempDir private Path folder;
  private final Gpt2 gpt2 = new Gpt2(Gpt2Config.tinyMem(VOCABULARY, LENGTH, 8, 2, 2));
  private Sequences twins;

  @BeforeEach
  void write() throws IOException {
    RandomGenerator random = new RandomStreams(5).stream("test");
    float[] values = gpt2.initialValues(random);
    for (int i = 0; i < values.length; i++) {
      values[i] *= 20; // far from uniform predictions
    }
    ModelFolder.write(folder.resolve("model"), gpt2, values, SpecialIds.NONE);
    List<int[]> rows = new ArrayList<>();
    for (int r = 0; r < 6; r++) {
      rows.add(random.ints(LENGTH, 0, VOCABULARY).toArray());
    }
    twins = Sequences.of(LENGTH, rows);
    twins.writeCsv(folder.resolve("twins.csv"));
  }

  private void withModel(BiConsumer<Parameters, NDManager> body) {
    Torch.withGradients(
        false,
        () -> {
          try (NDManager manager = Torch.newManager(Device.cpu());
              ModelFolder.Loaded loaded = ModelFolder.read(folder.resolve("model"), manager)) {
            body.accept(loaded.weights().parameters(), manager);
          }
        });
  }

  private String path(String file) {
    return folder.resolve(file).toString();
  }

  private CommandLineRun score(String... further) {
    List<String> arguments = new ArrayList<>(List.of("score", "--model", path("model"), "--json"));
    arguments.addAll(List.of(further));
    return CommandLineRun.of(folder, arguments.toArray(String[]::new));
  }

  private CommandLineRun memorization(int prompt, int compare) {
    return score(
        "--artifacts",
        path("artifacts.csv"),
        "--twins",
        path("twins.csv"),
        "--prompt",
        Integer.toString(prompt),
        "--compare",
        Integer.toString(compare));
  }

  /** Rows 0 and 1 continue as the model does, 2 to its third token; 3 and 4 are wrong; 5 a twin. */
  private void writeArtifacts() {
    withModel(
        (parameters, manager) -> {
          List<int[]> rows = new ArrayList<>();
          for (int r = 0; r < twins.rows(); r++) {
            int[] row = twins.row(r).clone();
            int[] written =
                new GreedyDecoder(gpt2, parameters)
                    .continueRows(twins.select(r).leadingColumns(PROMPT), COMPARE, -1, manager)
                    .row(0);
            for (int c = 0; c < COMPARE && r < 5; c++) {
              boolean right = r < 2 || (r == 2 && c < 3);
              row[PROMPT + c] = right ? written[c] : (written[c] + 1) % VOCABULARY;
            }
            rows.add(row);
          }
          try {
            Sequences.of(LENGTH, rows).writeCsv(folder.resolve("artifacts.csv"));
          } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
          }
        });
  }

  @Test
  void memorizedRowsAreThoseThatGreedyDecodingReproduces() throws IOException {
    writeArtifacts();
    JsonNode scores = memorization(PROMPT, COMPARE).json();
    assertEquals(5, scores.path("eligible").asInt());
    assertEquals(2, scores.path("memorized").asInt());
    assertEquals(40, scores.path("memorizedPercent").asDouble());
  }

  @Test
  void accuracyAndPerplexityAreThoseOfASoftmaxTokenByToken() throws IOException {
    double[] sums = new double[2]; // right, loss
    withModel(
        (parameters, manager) -> {
          for (int r = 0; r < twins.rows(); r++) {
            try (KeyValueCache cache = new KeyValueCache(manager)) {
              for (int t = 0; t + 1 < LENGTH; t++) {
                NDArray token = Torch.longs(manager, new long[] {twins.token(r, t)}, 1, 1);
                float[] logits =
                    gpt2.continueRows(parameters, token, cache, Tap.NONE).toFloatArray();
                add(sums, logits, twins.token(r, t + 1));
              }
            }
          }
        });
    int targets = twins.rows() * (LENGTH - 1);
    JsonNode scores = score("--rows", path("twins.csv")).json();
    assertEquals(targets, scores.path("targets").asInt());
    assertEquals(100 * sums[0] / targets, scores.path("accuracyPercent").asDouble(), 1e-9);
    double perplexity = Math.exp(sums[1] / targets);
    assertEquals(perplexity, scores.path("perplexity").asDouble(), 1e-4 * perplexity);
  }

  private static void add(double[] sums, float[] logits, int target) {
    double total = 0;
    int best = 0;
    for (int v = 0; v < logits.length; v++) {
      total += Math.exp(logits[v] - logits[target]);
      best = logits[v] > logits[best] ? v : best;
    }
    sums[0] += best == target ? 1 : 0;
    sums[1] += Math.log(total);
  }

  @Test
  void mistakesInDataNameFileAndRule() throws IOException {
    writeArtifacts();
    memorization(PROMPT, 99).isMistake(6, "Lower --prompt or --compare");
    memorization(0, 1).isMistake(2, "both must be at least 1");
    Files.writeString(folder.resolve("bad.csv"), "1 2\n1 x\n");
    score("--rows", path("bad.csv")).isMistake(6, "bad.csv, line 2 holds 'x'");
    Files.writeString(folder.resolve("bad.csv"), "1 2\n1\n");
    score("--rows", path("bad.csv")).isMistake(6, "line 2 has 1 ids");
    Files.writeString(folder.resolve("bad.csv"), "1 99\n");
    score("--rows", path("bad.csv")).isMistake(6, "ids below 14");
    Files.writeString(folder.resolve("bad.csv"), "");
    score("--rows", path("bad.csv")).isMistake(6, "give rows of at least 2 tokens");
    score("--rows", path("none.csv")).isMistake(6, "none.csv");
    score(
            "--rows",
            path("twins.csv"),
            "--artifacts",
            path("twins.csv"),
            "--twins",
            path("bad.csv"),
            "--prompt",
            "1",
            "--compare",
            "1")
        .isMistake(6, "row by row");
  }

  @Test
  void whatWasReadIsSaid() throws IOException {
    JsonNode scores = score("--rows", path("twins.csv")).json();
    assertEquals(12 * 6, readOf(scores, "twins.csv"));
    assertEquals(
        scores.path("accuracyPercent").asDouble(),
        scores.path("referenceAccuracyPercent").asDouble(),
        1e-9); // of one batch
    Files.writeString(folder.resolve("marked.csv"), "\ufeff" + twinsText());
    JsonNode marked = score("--rows", path("marked.csv")).json();
    assertEquals(scores.path("perplexity"), marked.path("perplexity"));
    writeArtifacts();
    scores = memorization(PROMPT, COMPARE).json();
    assertEquals(12 * 6, readOf(scores, "artifacts.csv"));
    CommandLineRun text =
        CommandLineRun.of(folder, "score", "--model", path("model"), "--rows", path("twins.csv"));
    assertTrue(text.out().startsWith(path("twins.csv") + ": 6 rows of 12 tokens"), text.out());
  }

  private int readOf(JsonNode scores, String file) {
    JsonNode read = scores.path("read").path(path(file));
    return read.path("rows").asInt() * read.path("tokens").asInt();
  }

  private String twinsText() throws IOException {
    return Files.readString(folder.resolve("twins.csv"));
  }

  /** 130 rows are a batch of 128 and one of 2, whose two rows weigh 64 times as much. */
  @Test
  void theReferencesAccuracyIsTheMeanOfBatches() throws IOException {
    withModel(
        (parameters, manager) -> {
          List<int[]> rows = new ArrayList<>();
          for (int r = 0; r < 130; r++) {
            int[] row = twins.row(0).clone();
            row[1] =
                new GreedyDecoder(gpt2, parameters)
                    .continueRows(twins.select(0).leadingColumns(1), 1, -1, manager)
                    .token(0, 0);
            row[1] = r < 128 ? row[1] : (row[1] + 1) % VOCABULARY;
            rows.add(new int[] {row[0], row[1]});
          }
          try {
            Sequences.of(2, rows).writeCsv(folder.resolve("batches.csv"));
          } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
          }
        });
    JsonNode scores = score("--rows", path("batches.csv")).json();
    assertEquals(100 * 128 / 130.0, scores.path("accuracyPercent").asDouble(), 1e-9);
    assertEquals(50, scores.path("referenceAccuracyPercent").asDouble(), 1e-9);
  }

  @Test
  void rowsThatAreTooLongAreCut() throws IOException {
    String longer = twinsText().replace("\n", " 1 2\n");
    Files.writeString(folder.resolve("long.csv"), longer);
    score("--rows", path("long.csv")).isMistake(6, "Cut them with --length");
    JsonNode cut = score("--rows", path("long.csv"), "--length", "12").json();
    JsonNode whole = score("--rows", path("twins.csv")).json();
    assertEquals(whole.path("perplexity"), cut.path("perplexity"));
    score("--rows", path("twins.csv"), "--length", "13").isMistake(2, "--length is 13");
  }

  @ParameterizedTest
  @ValueSource(strings = {"14", "-1", "-5", "2147483647"})
  void aBannedTokenMustBeOneOfTheModel(String id) {
    writeArtifacts();
    CommandLineRun run =
        score(
            "--artifacts",
            path("artifacts.csv"),
            "--twins",
            path("twins.csv"),
            "--prompt",
            "5",
            "--compare",
            "4",
            "--ban=" + id);
    run.isMistake(2, "--ban is " + id + ", must be an id of the model");
  }

  @ParameterizedTest
  @CsvSource({
    "5 0, compare 0",
    "0 5, prompt 0",
    "2147483647 5, end at 2147483652",
    "2147483647 2147483647, end at 4294967294",
    "5 8, end at 13"
  })
  void aWindowOutsideOfItsRowIsNamedByItsLine(String window, String words) throws IOException {
    writeArtifacts();
    Files.writeString(folder.resolve("windows.csv"), "5 4\n\n" + window + "\n5 4\n5 4\n5 4\n5 4\n");
    CommandLineRun run =
        score(
            "--artifacts",
            path("artifacts.csv"),
            "--twins",
            path("twins.csv"),
            "--windows",
            path("windows.csv"));
    run.isMistake(6, "windows.csv, line 3: ");
    assertTrue(run.err().contains(words), run.err());
  }

  @Test
  void aWindowThatOverflowsIsAMistake() {
    writeArtifacts();
    memorization(Integer.MAX_VALUE, Integer.MAX_VALUE).isMistake(6, "end at 4294967294");
  }

  /** Scaled so that losses, or the logits themselves, are more than a number holds. */
  @Test
  void aPerplexityThatIsNotFiniteIsNullWithItsReason() throws IOException {
    scaled(1e6f);
    JsonNode scores = score("--rows", path("twins.csv")).json();
    assertTrue(scores.path("perplexity").isNull());
    assertEquals("Infinity", scores.path("perplexityNotFinite").asText());
    assertTrue(scores.path("accuracyPercent").isNumber());
    CommandLineRun text =
        CommandLineRun.of(folder, "score", "--model", path("model"), "--rows", path("twins.csv"));
    assertTrue(text.out().contains("perplexity Infinity (too large"), text.out());
    scaled(1e38f);
    CommandLineRun none = score("--rows", path("twins.csv"));
    assertEquals(5, none.exitCode());
    assertTrue(none.err().contains("its predictions are no numbers (NaN)"), none.err());
    scores = Json.mapper().readTree(none.out());
    assertTrue(scores.path("perplexity").isNull());
    assertEquals("NaN", scores.path("perplexityNotFinite").asText());
    assertTrue(scores.path("accuracyPercent").isNull());
    assertTrue(scores.path("referenceAccuracyPercent").isNull());
  }

  private void scaled(float factor) throws IOException {
    float[] values = gpt2.initialValues(new RandomStreams(5).stream("test"));
    TensorSpec embedding = gpt2.layout().tensor("transformer.wte.weight");
    for (int i = 0; i < embedding.size(); i++) {
      values[(int) embedding.offset() + i] *= factor;
    }
    ModelFolder.write(folder.resolve("model"), gpt2, values, SpecialIds.NONE);
  }

  @Test
  void aDamagedModelIsAMistake() throws IOException {
    Path weights = folder.resolve("model").resolve("model.safetensors");
    byte[] whole = Files.readAllBytes(weights);
    Files.write(weights, java.util.Arrays.copyOf(whole, whole.length / 2));
    score("--rows", path("twins.csv")).isMistake(5, "model.safetensors");
    Files.writeString(folder.resolve("model").resolve("config.json"), "{}");
    score("--rows", path("twins.csv")).isMistake(5, "model_type");
    Files.writeString(folder.resolve("model").resolve("config.json"), "");
    score("--rows", path("twins.csv")).isMistake(5, "config.json");
  }
}
