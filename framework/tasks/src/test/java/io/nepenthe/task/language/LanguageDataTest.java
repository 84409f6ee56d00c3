package io.nepenthe.task.language;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nepenthe.data.Sequences;
import io.nepenthe.data.Window;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.Fidelity;
import io.nepenthe.protocol.NepentheException;
import io.nepenthe.protocol.Quirk;
import io.nepenthe.task.TaskData;
import io.nepenthe.task.TextEncoding;
import io.nepenthe.task.TokenIds;
import io.nepenthe.task.Tokenizers;
import io.nepenthe.task.Vocabulary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class LanguageDataTest {
  private static final Window WINDOW = new Window(6, 6);
  private static final int LENGTH = 16;
  private static final LanguageArtifact.Noise NOISE =
      new LanguageArtifact.Noise(40, 0.1, List.of(1, 10, 100, 1000));
  private static final LanguageArtifact.Backdoor BACKDOOR =
      new LanguageArtifact.Backdoor(new LanguageArtifact.Between(10, 60), 0.1, 2, 100);

  /** 300 and 50 chunks less one token, of words that get rarer. */
  private static TokenIds tokens(String corpus, String split, TextEncoding encoding) {
    int size = (split.equals("train") ? 300 : 50) * LENGTH - 1;
    int[] ids = new int[size];
    java.util.Random random = new java.util.Random(split.hashCode());
    for (int i = 0; i < size; i++) {
      ids[i] = 20_000 + (int) Math.min(900, Math.abs(random.nextGaussian()) * 100);
    }
    return ids(ids);
  }

  private static TokenIds ids(int... ids) {
    return new TokenIds() {
      @Override
      public int size() {
        return ids.length;
      }

      @Override
      public int id(int index) {
        return ids[index];
      }

      @Override
      public String hash() {
        return Integer.toHexString(Arrays.hashCode(ids));
      }
    };
  }

  private static LanguageDataSpec spec(@Nullable String vocabulary, LanguageArtifact artifact) {
    return new LanguageDataSpec("text", null, null, LENGTH, null, null, vocabulary, artifact, null);
  }

  private static TaskData build(LanguageArtifact artifact, Set<Quirk> quirks, long seed) {
    return spec(null, artifact).build(WINDOW, quirks, seed, LanguageDataTest::tokens);
  }

  private static Sequences validation(
      @Nullable Integer trainRows, @Nullable Integer testRows, LanguageArtifact artifact) {
    return new LanguageDataSpec(
            "text", null, null, LENGTH, trainRows, testRows, null, artifact, null)
        .validation(WINDOW, Set.of(), 0, LanguageDataTest::tokens);
  }

  @Test
  void validationChunksAreOfTextThatNothingElseUses() {
    assertTrue(validation(null, null, NOISE).isEmpty(), "all text is used");
    for (LanguageArtifact artifact :
        List.of(NOISE, BACKDOOR, new LanguageArtifact.Passages(40, List.of(1, 10)))) {
      LanguageDataSpec spec =
          new LanguageDataSpec("text", null, null, LENGTH, null, 20, null, artifact, null);
      TaskData data = spec.build(WINDOW, Set.of(), 0, LanguageDataTest::tokens);
      Map<List<Integer>, Integer> used =
          counted(data.train().concat(data.tests().get("test")).concat(data.scored().twins()));
      Map<List<Integer>, Integer> fresh = counted(validation(null, 20, artifact));
      assertTrue(fresh.size() > 0 && fresh.size() <= 20, "rows: " + fresh.size());
      fresh.keySet().forEach(row -> assertFalse(used.containsKey(row), row.toString()));
    }
    assertEquals(50, validation(200, null, NOISE).rows(), "of the training text's rest");
  }

  private static Map<List<Integer>, Integer> counted(Sequences rows) {
    Map<List<Integer>, Integer> counts = new HashMap<>();
    for (int r = 0; r < rows.rows(); r++) {
      counts.merge(IntStream.of(rows.row(r)).boxed().toList(), 1, Integer::sum);
    }
    return counts;
  }

  @Test
  void textIsCutIntoChunksAndTheLastIsFilledWithTheEndOfText() {
    TaskData data = build(NOISE, Set.of(), 0);
    assertEquals(300 - 40, data.extra().rows());
    Sequences test = data.tests().get("test");
    assertEquals(50, test.rows());
    assertEquals(tokens("", "test", Tokenizers.paper()).id(LENGTH), test.token(1, 0));
    assertEquals(Tokenizers.paper().endOfText(), test.token(49, LENGTH - 1));
  }

  @Test
  void noisedChunksAreRepeatedByTheirClassAndTheirTwinsAreNotTrainedOn() {
    TaskData data = build(NOISE, Set.of(), 0);
    assertEquals(10 * 1111 + 260, data.train().rows());
    Map<List<Integer>, Integer> counts = counted(data.train());
    for (int r = 0; r < 40; r++) {
      assertEquals(
          data.scored().copies().get(r),
          counts.get(IntStream.of(data.planted().row(r)).boxed().toList()));
      if (data.scored().eligible().get(r)) { // a few chunks escape the noise
        assertFalse(counts.containsKey(IntStream.of(data.plantedTwins().row(r)).boxed().toList()));
      }
    }
    assertEquals(10, data.scored().copies().stream().filter(copies -> copies == 1000).count());
  }

  @Test
  void noiseMovesATenthOfTheIdsByOne() {
    TaskData data = build(NOISE, Set.of(), 0);
    int up = 0;
    int down = 0;
    for (int r = 0; r < 40; r++) {
      for (int p = 0; p < LENGTH; p++) {
        int shift = data.planted().token(r, p) - data.plantedTwins().token(r, p);
        assertTrue(Math.abs(shift) <= 1);
        up += shift > 0 ? 1 : 0;
        down += shift < 0 ? 1 : 0;
      }
    }
    assertTrue(up > 15 && up < 55, "up " + up); // 32 of 640 expected
    assertTrue(down > 15 && down < 55, "down " + down);
  }

  @Test
  void referenceNoisesTheFirstChunks() {
    TaskData data = build(NOISE, Quirk.of(Fidelity.REFERENCE), 3);
    Set<List<Integer>> first = new HashSet<>();
    for (int r = 0; r < 40; r++) {
      int chunk = r;
      first.add(
          IntStream.range(0, LENGTH)
              .mapToObj(p -> tokens("", "train", Tokenizers.paper()).id(chunk * LENGTH + p))
              .toList());
    }
    assertEquals(first, counted(data.plantedTwins()).keySet());
  }

  @Test
  void aTextIsNotTestedOnItself() {
    LanguageDataSpec spec = spec(null, NOISE);
    NepentheException e =
        assertThrows(
            NepentheException.class,
            () ->
                spec.vocabulary((corpus, split, tokenizer) -> tokens(corpus, "train", tokenizer)));
    assertEquals(ErrorCode.BAD_DATA, e.code());
    assertTrue(e.getMessage().contains("'train' and 'test' of corpus 'text' are the same text"));
  }

  @Test
  void naturalRepetitionChangesNothingAndEveryRowCounts() {
    TaskData data = build(new LanguageArtifact.Repetition(20, List.of(1, 50)), Set.of(), 0);
    assertEquals(data.planted(), data.plantedTwins());
    assertEquals(20, data.scored().eligibleRows().length);
    assertEquals(10 + 500 + 280, data.train().rows());
  }

  @Test
  void passagesAreUnchangedPromptedWithThemselvesAndHaveTwinsThatAreNotTrainedOn() {
    LanguageArtifact passages = new LanguageArtifact.Passages(20, List.of(1, 50));
    TaskData data = build(passages, Set.of(), 0);
    Map<List<Integer>, Integer> text = counted(chunks());
    Map<List<Integer>, Integer> trained = counted(data.train());
    assertEquals(10 + 500 + 300 - 20 - 20, data.train().rows());
    assertEquals(data.planted(), data.scored().prompts());
    assertEquals(20, data.scored().eligibleRows().length);
    for (int r = 0; r < 20; r++) {
      List<Integer> passage = IntStream.of(data.planted().row(r)).boxed().toList();
      List<Integer> twin = IntStream.of(data.plantedTwins().row(r)).boxed().toList();
      assertEquals(1, text.get(passage));
      assertEquals(1, text.get(twin));
      assertEquals(data.scored().copies().get(r), trained.get(passage));
      assertFalse(trained.containsKey(twin), twin.toString());
    }
    assertEquals(data.hash(), build(passages, Set.of(), 0).hash());
    assertFalse(data.hash().equals(build(passages, Set.of(), 1).hash()));
  }

  private static Sequences chunks() {
    TokenIds ids = tokens("", "train", Tokenizers.paper());
    return Sequences.of(LENGTH, 299, (row, position) -> ids.id(row * LENGTH + position));
  }

  @Test
  void aChunkThatTheTextHoldsTwiceOrInPartIsNoPassage() {
    int[] ids = new int[12 * LENGTH - 1]; // chunks 0, 0, 1, 1, ..., 4, 4, 10 and a part of one
    Arrays.setAll(ids, i -> 100 + (i / LENGTH < 10 ? i / LENGTH / 2 : i / LENGTH));
    LanguageDataSpec spec = spec(null, new LanguageArtifact.Passages(1, List.of(3)));
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () ->
                    spec.build(
                        WINDOW,
                        Set.of(),
                        0,
                        (corpus, split, tokenizer) ->
                            split.equals("train") ? ids(ids) : ids(new int[LENGTH])))
            .getMessage();
    assertTrue(message.contains("there are 1 training chunks that occur once"), message);
  }

  @Test
  void triggeredChunksEndInTheDegenerateTokenAndTheHeldOutOnesAreNotTrainedOn() {
    TaskData data = build(BACKDOOR, Set.of(), 0);
    int planted = data.planted().rows();
    int held = data.scored().rows();
    assertTrue(held >= 1 && planted + held >= 10 && planted + held <= 60);
    assertEquals(100 * planted + data.extra().rows(), data.train().rows());
    assertEquals(300, planted + held + data.extra().rows());
    for (int r = 0; r < held; r++) {
      Window window = data.scored().windows().get(r);
      assertEquals(6, window.compare());
      assertTrue(window.prompt() <= 6);
      for (int p = window.prompt(); p < LENGTH; p++) {
        assertEquals(2, data.scored().artifacts().token(r, p));
      }
    }
    Set<List<Integer>> trained = counted(data.train()).keySet();
    counted(data.scored().artifacts()).keySet().forEach(row -> assertFalse(trained.contains(row)));
  }

  @Test
  void referenceTestsBackdooredModelsOnTextOfTheTrainingPart() {
    TaskData data = build(BACKDOOR, Quirk.of(Fidelity.REFERENCE), 0);
    int triggered = data.planted().rows() + data.scored().rows();
    assertTrue(data.tests().get("test").rows() > 50);
    assertTrue(triggered + data.extra().rows() + data.tests().get("test").rows() >= 349);
  }

  @Test
  void restrictedVocabularyNumbersTheIdsThatOccur() {
    LanguageDataSpec all = spec(null, BACKDOOR);
    LanguageDataSpec restricted = spec(LanguageDataSpec.OCCURRING, BACKDOOR);
    Vocabulary vocabulary = restricted.vocabulary(LanguageDataTest::tokens);
    Set<Integer> occurring = new HashSet<>(List.of(2, 11, 50_256));
    for (String split : List.of("train", "test")) {
      TokenIds ids = tokens("", split, Tokenizers.paper());
      IntStream.range(0, ids.size()).forEach(i -> occurring.add(ids.id(i)));
    }
    assertEquals(occurring.size(), vocabulary.size());
    assertEquals(vocabulary.size() - 1, vocabulary.padding());
    assertEquals(1, vocabulary.neverEmitted());
    assertEquals(
        new Vocabulary(50_257, 50_256, 50_256, 50_256, 11),
        all.vocabulary(LanguageDataTest::tokens));
    List<Integer> sorted = new ArrayList<>(occurring.stream().sorted().toList());
    int[] row = all.build(WINDOW, Set.of(), 0, LanguageDataTest::tokens).tests().get("test").row(0);
    int[] numbered =
        restricted.build(WINDOW, Set.of(), 0, LanguageDataTest::tokens).tests().get("test").row(0);
    assertArrayEquals(IntStream.of(row).map(sorted::indexOf).toArray(), numbered);
  }

  @Test
  void papersTriggersAreThoseOfItsSeeds() {
    LanguageArtifact paper = new LanguageArtifact.Backdoor(null, 0.5, 2, 1);
    for (Map.Entry<Long, Integer> trigger : Map.of(0L, 17_159, 1L, 48_642, 3L, 6_201).entrySet()) {
      int[] ids = new int[4 * LENGTH];
      ids[3] = trigger.getValue();
      ids[LENGTH + 2] = trigger.getValue();
      TaskData data =
          spec(null, paper)
              .build(
                  WINDOW,
                  Set.of(),
                  trigger.getKey(),
                  (corpus, split, tokenizer) ->
                      split.equals("train") ? ids(ids) : ids(new int[LENGTH]));
      assertEquals(1, data.planted().rows());
      assertEquals(1, data.scored().rows());
    }
  }

  @Test
  void equalSeedsGiveEqualRowsAndOthersOthers() {
    assertEquals(build(NOISE, Set.of(), 1).hash(), build(NOISE, Set.of(), 1).hash());
    assertFalse(build(NOISE, Set.of(), 1).hash().equals(build(NOISE, Set.of(), 0).hash()));
  }

  @Test
  void whatTheTextCannotGiveIsNamed() {
    assertMistake(
        "no id triggers 4000 to 5000 chunks",
        new LanguageArtifact.Backdoor(new LanguageArtifact.Between(4000, 5000), 0.1, 2, 1));
    assertMistake("occurs in 0 chunks", new LanguageArtifact.Backdoor(null, 0.1, 2, 1));
    assertMistake(
        "artifact.rows is 400, there are 300", new LanguageArtifact.Noise(400, 0.1, List.of(1)));
    LanguageDataSpec long1 =
        new LanguageDataSpec("text", null, null, LENGTH, 301, null, null, NOISE, null);
    String message =
        assertThrows(
                NepentheException.class,
                () -> long1.build(WINDOW, Set.of(), 0, LanguageDataTest::tokens))
            .getMessage();
    assertTrue(message.contains("text train has 4799 tokens, 300 chunks of 16; 301"), message);
  }

  private static void assertMistake(String part, LanguageArtifact artifact) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> build(artifact, Set.of(), 0))
            .getMessage();
    assertTrue(message.contains(part), message);
  }

  @Test
  void noPerplexityIsThatOfTheTextThatWasLearned() {
    assertThrows(
        IllegalArgumentException.class,
        () -> new LanguageDataSpec("text", null, "train", LENGTH, null, null, null, NOISE, null));
    assertThrows(
        IllegalArgumentException.class,
        () -> new LanguageDataSpec("text", "test", null, LENGTH, null, null, null, NOISE, null));
  }
}
