package io.nepenthe.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.databind.JsonNode;
import io.nepenthe.checkpoint.ModelFolder;
import io.nepenthe.data.Sequences;
import io.nepenthe.metric.GreedyDecoder;
import io.nepenthe.model.KeyValueCache;
import io.nepenthe.model.Parameters;
import io.nepenthe.model.SpecialIds;
import io.nepenthe.model.Tap;
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
    score("--rows", path("bad.csv")).isMistake(6, "bad.csv, row 2 holds 'x'");
    Files.writeString(folder.resolve("bad.csv"), "1 2\n1\n");
    score("--rows", path("bad.csv")).isMistake(6, "row 2 has 1 ids");
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
