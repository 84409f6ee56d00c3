package io.nepenthe.corpus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nepenthe.corpus.gpt2.Gpt2Tokenizer;
import io.nepenthe.task.TokenIds;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SyntheticTextTest {
  @TempDir private Path folder;

  /** Other ids make other results: whoever changes them raises SyntheticText's version. */
  @ParameterizedTest
  @CsvSource({
    "train, 59089, e32e8106e25950644f28144453b95caa90c7ad8f37ed88c775ca5050d8201cfb",
    "validation, 10089, d14ab6c4d63d9af5553499fce63819668f9be9e0bd0c37e802a2d6ef124e1a95",
    "test, 9962, 5b8c41ce1ffe4f43990f62834c669f3151d33735e190de2f214a066931c08ad7"
  })
  void needsNoFilesAndIsAlwaysTheSame(String split, int size, String hash) {
    TokenIds ids =
        new Corpora(List.of(), folder, line -> {}).tokens("synthetic", split, new Gpt2Tokenizer());
    assertEquals(size, ids.size());
    assertEquals(hash, ids.hash());
  }

  @ParameterizedTest
  @CsvSource({"loaf, loaves", "church, churches", "boatman, boatmen", "fox, foxes", "cow, cows"})
  void knowsPlurals(String one, String many) {
    assertEquals(many, SyntheticWords.plural(one));
  }

  @ParameterizedTest
  @CsvSource({"bake, baked", "carry, carried", "play, played", "row, rowed"})
  void knowsPasts(String verb, String past) {
    assertEquals(past, SyntheticWords.past(verb));
  }

  @ParameterizedTest
  @CsvSource({"an old boat, old boat", "a useful net, useful net", "a boat, boat"})
  void knowsArticles(String with, String noun) {
    assertEquals(with, SyntheticWords.withArticle(noun));
    assertTrue(SyntheticWords.capitalized(with).startsWith("A"));
  }
}
