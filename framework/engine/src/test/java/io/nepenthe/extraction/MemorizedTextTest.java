package io.nepenthe.extraction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nepenthe.corpus.Documents;
import io.nepenthe.data.Sequences;
import io.nepenthe.json.Json;
import io.nepenthe.metric.GreedyDecoder;
import io.nepenthe.model.KeyValueCache;
import io.nepenthe.model.LanguageModel;
import io.nepenthe.model.Tap;
import io.nepenthe.model.Weights;
import io.nepenthe.protocol.NepentheException;
import io.nepenthe.tensor.Torch;
import io.nepenthe.testkit.TinyFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a search finds in a tiny model, against decoding every window by itself. */
class MemorizedTextTest {
  private static final int PROMPT = 10;
  private static final int COMPARE = 8;
  private static final double NEAR = 0.5;

  private final TinyFixture fixture = TinyFixture.trained();
  private final LanguageModel model = fixture.model();
  private final Weights weights = fixture.weights(fixture.original());
  @TempDir private Path folder;
  private Path corpus;

  @BeforeEach
  void write() throws IOException {
    corpus = folder.resolve("rows.csv");
    Sequences planted = fixture.data().scored().artifacts();
    planted.concat(fixture.data().train().slice(0, 30)).writeCsv(corpus);
  }

  @AfterEach
  void close() {
    weights.close();
  }

  private static Search search(double candidates, int distinct) {
    return new Search(PROMPT, COMPARE, 4, NEAR, candidates, distinct, 7);
  }

  private MemorizedText.Summary find(Search search, boolean keepsAll, String out) {
    return find(search, keepsAll, out, (read, of) -> {});
  }

  private MemorizedText.Summary find(
      Search search, boolean keepsAll, String out, MemorizedText.Listener listener) {
    Documents documents =
        Documents.of(
            corpus,
            new Documents.Options(null, false),
            () -> {
              throw new AssertionError("ids need no tokenizer");
            });
    return new MemorizedText(search, keepsAll, folder.resolve(out))
        .find(model, weights.parameters(), "model", documents, null, weights.manager(), listener);
  }

  private List<Found> found(String file) throws IOException {
    List<Found> found = new ArrayList<>();
    for (String line : Files.readAllLines(folder.resolve(file))) {
      found.add(Json.mapper().readValue(line, Found.class));
    }
    return found;
  }

  /** A window in short: where it is, what greedy decoding makes of it. */
  private static String words(long document, long offset, double similarity) {
    return String.format("%d+%d %.3f", document, offset, similarity);
  }

  private Set<String> byDecodingEveryWindow(double least) {
    Sequences rows = Sequences.readCsv(corpus);
    Set<String> expected = new TreeSet<>();
    GreedyDecoder decoder = new GreedyDecoder(model, weights.parameters());
    Torch.withGradients(
        false,
        () -> {
          for (int row = 0; row < rows.rows(); row++) {
            for (int at = 0; at + PROMPT + COMPARE <= rows.length(); at += 4) {
              int[] ids = Arrays.copyOfRange(rows.row(row), at, at + PROMPT + COMPARE);
              Sequences prompt = Sequences.of(PROMPT, List.of(Arrays.copyOf(ids, PROMPT)));
              int[] written = decoder.continueRows(prompt, COMPARE, -1, weights.manager()).row(0);
              int[] own = Arrays.copyOfRange(ids, PROMPT, ids.length);
              double similarity = 1 - (double) distance(written, 0, own, 0) / COMPARE;
              if (similarity >= least) {
                expected.add(words(row, at, similarity));
              }
            }
          }
        });
    return expected;
  }

  /** Levenshtein's distance by its definition. */
  private static int distance(int[] one, int i, int[] other, int j) {
    if (i == one.length || j == other.length) {
      return one.length - i + other.length - j;
    }
    if (one[i] == other[j]) {
      return distance(one, i + 1, other, j + 1);
    }
    return 1
        + Math.min(
            distance(one, i + 1, other, j + 1),
            Math.min(distance(one, i + 1, other, j), distance(one, i, other, j + 1)));
  }

  private static Set<String> told(List<Found> found) {
    Set<String> told = new TreeSet<>();
    found.forEach(each -> told.add(words(each.document(), each.offset(), each.similarity())));
    return told;
  }

  @Test
  void windowsAreThoseThatDecodingEachByItselfFinds() throws IOException {
    MemorizedText.Summary summary = find(search(0, 1), true, "all.jsonl");
    Set<String> expected = byDecodingEveryWindow(NEAR);
    assertEquals(expected, told(found("all.jsonl")));
    assertEquals(byDecodingEveryWindow(1).size(), summary.exact());
    assertEquals(expected.size(), summary.exact() + summary.near());
    assertTrue(summary.exact() > 20 && summary.near() > 5, summary.toString());
    Sequences rows = Sequences.readCsv(corpus);
    int ofRow = (rows.length() - PROMPT - COMPARE) / 4 + 1;
    assertEquals((long) rows.rows() * ofRow, summary.windows());
    assertEquals(rows.rows(), summary.documents());
  }

  @Test
  void exactWindowsNeedNoDecodingAndNearOnesAreFoundAmongCandidates() throws IOException {
    find(search(0, 1), true, "all.jsonl");
    find(search(0.75, 1), true, "some.jsonl");
    List<Found> all = found("all.jsonl");
    List<Found> some = found("some.jsonl");
    assertTrue(told(all).containsAll(told(some)));
    assertEquals(
        told(all.stream().filter(Found::isExact).toList()),
        told(some.stream().filter(Found::isExact).toList()));
    assertTrue(some.stream().anyMatch(each -> !each.isExact()));
  }

  @Test
  void probabilitiesAreProductsOfThoseOfTheTokens() throws IOException {
    find(search(0.75, 1), true, "some.jsonl");
    List<Found> some = found("some.jsonl");
    for (Found each : some.subList(0, 5)) {
      double[] sum = {0};
      Torch.withGradients(
          false,
          () -> {
            try (KeyValueCache cache = new KeyValueCache(weights.manager())) {
              for (int t = 0; t + 1 < PROMPT + COMPARE; t++) {
                long[] token = {each.ids().get(t)};
                float[] logits =
                    model
                        .continueRows(
                            weights.parameters(),
                            Torch.longs(weights.manager(), token, 1, 1),
                            cache,
                            Tap.NONE)
                        .toFloatArray();
                if (t + 1 >= PROMPT) {
                  sum[0] += logProbability(logits, each.ids().get(t + 1));
                }
              }
            }
          });
      assertEquals(sum[0], each.logProbability(), 2e-4);
      double z = Math.exp(sum[0]);
      double n = each.extractableIn().doubleValue();
      assertTrue(1 - Math.pow(1 - z, n) >= 0.5 - 1e-4, each.toString());
      assertTrue(n == 1 || 1 - Math.pow(1 - z, n - 1) < 0.5 + 1e-4, each.toString());
    }
  }

  private static double logProbability(float[] logits, int token) {
    double total = 0;
    for (float logit : logits) {
      total += Math.exp(logit);
    }
    return logits[token] - Math.log(total);
  }

  @Test
  void aSearchThatIsKilledGoesOnAndEndsWithTheSameBytes() throws IOException {
    find(search(0.75, 3), false, "whole.jsonl");
    for (int batches : new int[] {1, 4, 9}) {
      String out = "resumed" + batches + ".jsonl";
      kill(out, batches);
      Path part = folder.resolve(out + ".part");
      Files.writeString(part, "{\"ids\":[1,2,3],\"pro", StandardOpenOption.APPEND);
      assertFalse(Files.exists(folder.resolve(out)));
      MemorizedText.Summary summary = find(search(0.75, 3), false, out);
      assertEquals(-1, Files.mismatch(folder.resolve("whole.jsonl"), folder.resolve(out)));
      assertFalse(Files.exists(part));
      assertEquals(found(out).size(), summary.exact() + summary.near());
    }
  }

  private void kill(String out, int batches) {
    int[] done = {0};
    assertThrows(
        IllegalStateException.class,
        () ->
            find(
                search(0.75, 3),
                false,
                out,
                (read, of) -> {
                  if (++done[0] == batches) {
                    throw new IllegalStateException("killed");
                  }
                }));
  }

  @Test
  void anUnfinishedSearchForSomethingElseIsLeftAlone() throws IOException {
    kill("found.jsonl", 3);
    byte[] before = Files.readAllBytes(folder.resolve("found.jsonl.part"));
    String message =
        assertThrows(NepentheException.class, () -> find(search(0.75, 4), false, "found.jsonl"))
            .getMessage();
    assertTrue(message.contains("holds a search that was not finished"), message);
    assertEquals(
        Arrays.toString(before),
        Arrays.toString(Files.readAllBytes(folder.resolve("found.jsonl.part"))));
  }

  @Test
  void aFileOfSomebodyElseIsLeftAlone() throws IOException {
    Path part = Files.writeString(folder.resolve("found.jsonl.part"), "my notes");
    assertThrows(NepentheException.class, () -> find(search(0.75, 3), false, "found.jsonl"));
    assertEquals("my notes", Files.readString(part));
  }

  @Test
  void aSearchThatIsKilledAtOnceGoesOn() throws IOException {
    kill("found.jsonl", 1);
    Path part = folder.resolve("found.jsonl.part");
    Files.writeString(part, Files.readString(part).substring(0, 12));
    assertTrue(find(search(0.75, 3), false, "found.jsonl").exact() > 0);
  }

  @Test
  void trivialWindowsAndThoseMuchLikeAnotherAreLeftOutAndCounted() throws IOException {
    Sequences memorized = fixture.memorized();
    Sequences twice = memorized.concat(memorized.slice(0, 3));
    twice.writeCsv(corpus);
    Search search = new Search(PROMPT, COMPARE, 100, 0.75, 0.75, 4, 64);
    MemorizedText.Summary all = find(search, true, "all.jsonl");
    MemorizedText.Summary kept = find(search, false, "kept.jsonl");
    List<Found> found = found("kept.jsonl");
    assertEquals(twice.rows(), all.exact() + all.near() + all.trivial() + missed(search));
    assertTrue(kept.duplicates() >= 3, kept.toString());
    assertEquals(all.exact() + all.near(), kept.exact() + kept.near() + kept.duplicates());
    assertEquals(all.exact() + all.near(), found.stream().mapToInt(each -> 1 + each.alike()).sum());
    for (Found each : found("all.jsonl")) {
      assertTrue(each.ids().stream().skip(PROMPT).distinct().count() >= 4);
      assertEquals(first3(memorized).contains(each.ids()) ? 2 : 1, each.copies());
    }
  }

  private static List<List<Integer>> first3(Sequences rows) {
    List<List<Integer>> first = new ArrayList<>();
    for (int row = 0; row < 3; row++) {
      first.add(Arrays.stream(rows.row(row), 0, PROMPT + COMPARE).boxed().toList());
    }
    return first;
  }

  private int missed(Search search) throws IOException {
    Search anything =
        new Search(PROMPT, COMPARE, search.stride(), search.near(), search.candidates(), 1, 64);
    MemorizedText.Summary found = find(anything, true, "anything.jsonl");
    return (int) (found.windows() - found.exact() - found.near());
  }

  @Test
  void idsThatTheModelHasNotAreNamedWithTheirPlace() throws IOException {
    Files.writeString(corpus, "1 2 3\n4 5 99\n");
    String message =
        assertThrows(NepentheException.class, () -> find(search(1, 1), false, "found.jsonl"))
            .getMessage();
    assertEquals(
        "document 1 of rows.csv has the id 99; the model reads ids below 14. Is it of another"
            + " tokenizer?",
        message);
  }

  @Test
  void documentsWithoutAWindowAreCounted() throws IOException {
    Files.writeString(corpus, "1 2 3\n" + "4 ".repeat(PROMPT + COMPARE) + "\n5\n");
    MemorizedText.Summary summary = find(search(1, 1), false, "found.jsonl");
    assertEquals(3, summary.documents());
    assertEquals(2, summary.tooShort());
    assertEquals(1, summary.windows());
  }
}
