package io.nepenthe.corpus;

import static io.nepenthe.corpus.Corpuses.ids;
import static io.nepenthe.corpus.Corpuses.isRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nepenthe.corpus.gpt2.Gpt2Tokenizer;
import io.nepenthe.protocol.NepentheException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CorpusFolderTest {
  private final Gpt2Tokenizer tokenizer = new Gpt2Tokenizer();
  @TempDir private Path folder;
  private Corpuses corpora;

  @BeforeEach
  void open() {
    corpora = Corpuses.in(folder);
  }

  private void writeAll(String... files) throws IOException, SQLException {
    for (String file : files) {
      if (file.toLowerCase(Locale.ROOT).endsWith(".parquet")) {
        corpora.writeParquet("c/" + file, List.of(file));
      } else {
        corpora.write("c/" + file, file + "\n");
      }
    }
  }

  private Corpus corpus() {
    return corpora.open().find("c");
  }

  private void holds(String split, String... texts) {
    assertArrayEquals(
        List.of(texts).stream().map(tokenizer::encode).flatMapToInt(Arrays::stream).toArray(),
        ids(corpora.open().tokens("c", split, tokenizer)));
  }

  @Test
  void aFolderAnywhereAboveAFileTellsItsSplit() throws IOException, SQLException {
    writeAll("train/en/a.txt", "train/fr/b.txt", "test/en/news/a.txt");
    holds("train", "train/en/a.txt\n", "train/fr/b.txt\n");
    holds("test", "test/en/news/a.txt\n");
  }

  @Test
  void capitalsTellSplitsToo() throws IOException, SQLException {
    writeAll("Train.TXT", "TEST.txt", "Valid.Txt");
    assertEquals(List.of("test", "train", "validation"), corpus().splits());
    holds("train", "Train.TXT\n");
  }

  @Test
  void capitalsOfParquetFilesTooAndNamesWithHashes() throws IOException, SQLException {
    writeAll(
        "TRAIN-00000-of-00002-ab12.PARQUET", "train-00001-of-00002-cd34.parquet", "test.parquet");
    holds("train", "TRAIN-00000-of-00002-ab12.PARQUET", "train-00001-of-00002-cd34.parquet");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "train/test.txt",
        "test/x/train-1.txt",
        "wikitext-train.parquet wikitext-test.parquet LICENSE.txt",
        "wikitext-train.parquet",
        "data.parquet book.txt",
        "corpus.tokens book.txt",
        "train.txt dev.txt",
        "train.txt train_extra.txt",
        "train.txt data.tokens",
        "default/partial-train/0000.parquet default/test/0000.parquet",
        "training/a.txt testing/b.txt",
        "train_en.txt test_en.txt",
        "news.train.txt news.test.txt",
        "book.txt dev.txt",
        "train.jsonl README.txt book.txt",
        "train.txt.gz test.txt.gz book.txt",
        "train.txt test.jsonl",
      })
  void namesThatOnlySeemToTellASplitAreRefused(String files) throws IOException, SQLException {
    writeAll(files.split(" "));
    NepentheException e = assertThrows(NepentheException.class, this::corpus);
    assertTrue(e.getMessage().matches(".*(Rename it|or remove it)\\."), e.getMessage());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "train.txt wiki.train.tokens",
        "valid.txt validation.txt",
        "train.txt train/a.txt",
        "train/train.txt train/a.txt",
        "val/a.txt valid/a.txt",
        "train-00000-of-00001.txt train-00000-of-00002.txt train-00001-of-00002.txt",
        "train.parquet train-00000-of-00001.parquet",
        "train.parquet train.txt",
        "train.parquet test.txt",
        "en/train.txt fr/train.txt",
        "train-00000-of-00001-aa.parquet train-00000-of-00001-bb.parquet",
      })
  void twoTextsOfOneSplitAreRefused(String files) throws IOException, SQLException {
    writeAll(files.split(" "));
    isRefused(this::corpus, "Keep one of them there");
  }

  @Test
  void aMissingPartIsNamedWhateverTheNamesLookLike() throws IOException, SQLException {
    isMissing("train-00001-of-00002*.parquet", "train-00000-of-00002-a09b.parquet");
    isMissing("train-00000-of-00002.txt", "train-00001-of-00002.txt");
    isMissing("train-2-of-3.txt", "train-0-of-3.txt", "train-1-of-3.txt");
    isMissing("0001.parquet", "train/0000.parquet", "train/0002.parquet");
    isMissing("train-01.txt", "train-02.txt", "train-03.txt");
    isMissing("train-1.txt", "train-0.txt", "train-2.txt");
  }

  private void isMissing(String missing, String... there) throws IOException, SQLException {
    corpora = Corpuses.in(Files.createTempDirectory(folder, "missing"));
    writeAll(there);
    isRefused(this::corpus, missing + " is missing");
  }

  @Test
  void partsMayBeFolders() throws IOException, SQLException {
    writeAll("train-00000-of-00002/a.txt", "TEST-0-OF-1.TXT");
    assertEquals(List.of("test", "train"), corpus().splits());
  }

  @Test
  void numbersThatCountNothingMayHaveGaps() throws IOException, SQLException {
    writeAll("train-1999.txt", "train-2001.txt", "test.txt");
    assertEquals(List.of("test", "train"), corpus().splits());
  }

  @Test
  void aNumberBeyondTheLastPartIsRefused() throws IOException, SQLException {
    writeAll("train-00000-of-00001.txt", "train-00001-of-00001.txt");
    isRefused(this::corpus, "train-00001-of-00001.txt has a number beyond its last");
  }

  @Test
  void whatSaysNothingOfASplitIsTold() throws IOException, SQLException {
    writeAll("train.txt", "notes.txt", "README.txt", "vocab.json");
    assertEquals("plain text, without notes.txt", corpus().form());
  }

  @Test
  void aLicenceIsNoCorpus() throws IOException, SQLException {
    writeAll("LICENSE.txt", "README.txt", "image.png");
    isRefused(this::corpus, "holds no text");
  }

  @Test
  void aFolderWithoutTextHidesNoneOfItsName() throws IOException, SQLException {
    Files.createDirectories(folder.resolve("empty/c"));
    writeAll("train.txt");
    Corpora both =
        new Corpora(List.of(folder.resolve("empty"), corpora.data()), corpora.tokens(), line -> {});
    assertEquals(List.of("train"), both.find("c").splits());
  }

  @Test
  void aLinkToNothingIsNamed() throws IOException, SQLException {
    writeAll("test.txt");
    Files.createSymbolicLink(corpora.data().resolve("c/train.txt"), Path.of("nowhere"));
    isRefused(this::corpus, "train.txt is a link to nothing");
  }

  @Test
  void aPointerOfGitLfsIsCalledByItsName() throws IOException {
    String pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 9\n";
    corpora.write("c/train.txt", pointer);
    corpora.write("c/test.parquet", pointer);
    isRefused(() -> corpora.open().find("c"), "two forms");
    Files.delete(corpora.data().resolve("c/train.txt"));
    isRefused(
        () -> corpora.open().tokens("c", "test", tokenizer), "test.parquet is a Git LFS pointer");
  }

  @Test
  void namesOfFoldersAreNoColumns() throws IOException, SQLException {
    Corpuses hive = Corpuses.in(folder.resolve("text=hello/year=1"));
    hive.writeParquet("c/split=1/train.parquet", List.of("row"));
    assertArrayEquals(tokenizer.encode("row"), ids(hive.open().tokens("c", "train", tokenizer)));
    hive.writeParquet("other/train.parquet", "year", List.of("row"));
    isRefused(
        () -> hive.open().tokens("other", "train", tokenizer),
        "no column 'text'",
        "only year (VARCHAR)");
  }

  @Test
  void whatAKilledProcessLeftGoes() throws IOException {
    corpora.write("c/test.txt", "text\n");
    corpora.open().tokens("c", "test", tokenizer);
    Path whole;
    try (var files = Files.list(corpora.tokens())) {
      whole = files.filter(file -> file.toString().endsWith(".tokens")).findFirst().orElseThrow();
    }
    Path left = whole.resolveSibling("." + whole.getFileName() + ".a-b.part");
    Files.move(whole, left);
    corpora.open().tokens("c", "test", tokenizer);
    assertTrue(Files.exists(whole));
    assertFalse(Files.exists(left));
  }

  @Test
  void idsAreThoseOfTheContentWhateverTimeAndSizeSay() throws IOException {
    Path file = corpora.write("c/test.txt", "alpha one two\n");
    FileTime time = Files.getLastModifiedTime(file);
    String first = corpora.open().tokens("c", "test", tokenizer).hash();
    corpora.write("c/test.txt", "gamma six ten\n");
    Files.setLastModifiedTime(file, time);
    assertNotEquals(first, corpora.open().tokens("c", "test", tokenizer).hash());
    holds("test", "gamma six ten\n");
    corpora.write("c/test.txt", "alpha one two\n");
    assertEquals(first, corpora.open().tokens("c", "test", tokenizer).hash());
  }

  /** As archives make them, which set every time to one second. */
  @Test
  void twoFoldersOfOneNameTimeAndSizeHaveTheirOwnIds() throws IOException {
    FileTime second = FileTime.fromMillis(1_700_000_000_000L);
    for (String[] each :
        List.of(new String[] {"A", "alpha one two\n"}, new String[] {"B", "gamma six ten\n"})) {
      Path file = folder.resolve(each[0]).resolve("c/test.txt");
      Files.createDirectories(file.getParent());
      Files.setLastModifiedTime(Files.writeString(file, each[1]), second);
      Corpora there =
          new Corpora(List.of(folder.resolve(each[0])), corpora.tokens(), CorpusFolderTest::ignore);
      assertArrayEquals(tokenizer.encode(each[1]), ids(there.tokens("c", "test", tokenizer)));
    }
  }

  private static void ignore(String line) {}
}
