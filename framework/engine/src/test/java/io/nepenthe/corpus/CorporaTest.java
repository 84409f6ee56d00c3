package io.nepenthe.corpus;

import static io.nepenthe.corpus.Corpuses.ids;
import static io.nepenthe.corpus.Corpuses.isRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nepenthe.corpus.gpt2.Gpt2Tokenizer;
import io.nepenthe.task.TokenIds;
import io.nepenthe.task.language.LanguageDataSpec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CorporaTest {
  private static final List<String> ROWS =
      List.of("", " = Heading = \n", "", " Some text , naïve . \n", " And more . \n");
  private static final String LINES =
      " \n = Heading = \n\u00a0\n Some text , naïve . \n And more . \n";

  private final Gpt2Tokenizer tokenizer = new Gpt2Tokenizer();
  @TempDir private Path folder;
  private Corpuses corpora;

  @BeforeEach
  void open() {
    corpora = Corpuses.in(folder);
  }

  private TokenIds tokens(String corpus, String split) {
    return corpora.open().tokens(corpus, split, tokenizer);
  }

  private int[] eachAlone(List<String> rows) {
    return rows.stream().map(tokenizer::encode).flatMapToInt(Arrays::stream).toArray();
  }

  @Test
  void everyRowIsTokenizedAlone() throws IOException, SQLException {
    List<String> rows = List.of("a", "b", " \n", "", "\n");
    corpora.writeParquet("c/train.parquet", rows);
    assertArrayEquals(eachAlone(rows), ids(tokens("c", "train")));
  }

  @Test
  void plainFilesGiveTheIdsOfParquet() throws IOException, SQLException {
    corpora.writeParquet("parquet/wikitext-103-v1/test-00000-of-00001.parquet", ROWS);
    corpora.write("plain/wiki.test.tokens", LINES);
    corpora.write("windows/test.txt", LINES.replace("\n", "\r\n"));
    assertArrayEquals(eachAlone(ROWS), ids(tokens("parquet", "test")));
    assertEquals(tokens("parquet", "test").hash(), tokens("plain", "test").hash());
    assertEquals(tokens("parquet", "test").hash(), tokens("windows", "test").hash());
  }

  @Test
  void readsShardsInTheOrderOfTheirNames() throws IOException, SQLException {
    corpora.writeParquet("c/train-00001-of-00002.parquet", List.of("second"));
    corpora.writeParquet("c/train-00000-of-00002.parquet", List.of("first"));
    assertArrayEquals(eachAlone(List.of("first", "second")), ids(tokens("c", "train")));
  }

  @Test
  void findsSplitsByTheNamesOfFoldersToo() throws IOException, SQLException {
    corpora.writeParquet("c/v1/train/0000.parquet", List.of("first"));
    corpora.writeParquet("c/v1/validation/0000.parquet", List.of("second"));
    assertEquals(List.of("train", "validation"), corpora.open().find("c").splits());
    assertArrayEquals(eachAlone(List.of("second")), ids(tokens("c", "validation")));
  }

  @Test
  void knowsTheNamesOfSplits() throws IOException {
    corpora.write("a/wiki.train.tokens", "x\n");
    corpora.write("a/wiki.valid.tokens", "x\n");
    corpora.write("b/val.txt", "x\n");
    corpora.write("b/test-1.txt", "x\n");
    corpora.write("b/README.txt", "x\n");
    assertEquals(List.of("train", "validation"), corpora.open().find("a").splits());
    assertEquals(List.of("test", "validation"), corpora.open().find("b").splits());
  }

  @Test
  void textWithoutSplitsIsTestedOnItsLastTenth() throws IOException {
    String book = "0123456\n".repeat(50);
    corpora.write("books/one.txt", book);
    corpora.write("books/test-of-time.txt", book);
    assertEquals(List.of("test", "train"), corpora.open().find("books").splits());
    int line = tokenizer.encode("0123456\n").length;
    assertEquals(90 * line, tokens("books", "train").size());
    assertEquals(10 * line, tokens("books", "test").size());
  }

  @Test
  void theFirstFolderThatHasACorpusWins() throws IOException {
    corpora.write("../other/c/train.txt", "other\n");
    corpora.write("c/train.txt", "mine\n");
    Corpora both =
        new Corpora(
            List.of(folder.resolve("none"), corpora.data(), folder.resolve("other")),
            corpora.tokens(),
            corpora.lines()::add);
    assertArrayEquals(tokenizer.encode("mine\n"), ids(both.tokens("c", "train", tokenizer)));
  }

  @Test
  void whatIsListedCanBeNamedInASuite() throws IOException {
    for (String name : List.of("ABC", "x+y", "my corpus", ".git", "x;y")) {
      corpora.write(name + "/train.txt", "x\n");
    }
    List<String> listed = corpora.open().all().stream().map(Corpus::name).toList();
    assertEquals(List.of("ABC", "synthetic", "x+y"), listed);
    assertTrue(listed.stream().allMatch(LanguageDataSpec::isCorpusName));
    assertEquals(2, corpora.lines().size(), corpora.lines().toString());
    assertTrue(corpora.lines().get(0).contains("is no name of a corpus"));
  }

  @Test
  void tokenizesOnce() throws IOException {
    corpora.write("c/train.txt", "text\n");
    Corpora open = corpora.open();
    assertEquals(OptionalLong.empty(), open.cachedSize(open.find("c"), "train", tokenizer));
    TokenIds first = open.tokens("c", "train", tokenizer);
    assertSame(first, open.tokens("c", "train", tokenizer));
    Path cached = cachedFile();
    Object before = Files.getLastModifiedTime(cached);
    assertEquals(first.hash(), tokens("c", "train").hash());
    assertEquals(before, Files.getLastModifiedTime(cached));
    assertEquals(
        OptionalLong.of(first.size()), open.cachedSize(open.find("c"), "train", tokenizer));
  }

  @Test
  void tokenizesAgainWhenAFileHasChanged() throws IOException {
    corpora.write("c/train.txt", "text\n");
    String before = tokens("c", "train").hash();
    corpora.write("c/train.txt", "longer text\n");
    assertNotEquals(before, tokens("c", "train").hash());
  }

  @Test
  void damagedIdsAreReportedAndMadeAgain() throws IOException {
    corpora.write("c/train.txt", "some text\n");
    String hash = tokens("c", "train").hash();
    byte[] whole = Files.readAllBytes(cachedFile());
    for (int damage : new int[] {0, 13, 17, 30, 64}) {
      byte[] damaged = whole.clone();
      damaged[damage] ^= 1;
      isMadeAgain(damaged, hash);
    }
    isMadeAgain(Arrays.copyOf(whole, whole.length - 2), hash);
    isMadeAgain(Arrays.copyOf(whole, 20), hash);
    isMadeAgain(new byte[0], hash);
  }

  private void isMadeAgain(byte[] damaged, String hash) throws IOException {
    corpora.lines().clear();
    Path file = cachedFile();
    Files.delete(file); // not written into, as it may be mapped
    Files.write(file, damaged);
    assertEquals(hash, tokens("c", "train").hash());
    assertEquals(1, corpora.lines().size(), corpora.lines().toString());
    assertTrue(corpora.lines().get(0).contains("is damaged"), corpora.lines().get(0));
    assertEquals(hash, tokens("c", "train").hash());
    assertEquals(1, corpora.lines().size());
  }

  private Path cachedFile() throws IOException {
    try (var files = Files.list(corpora.tokens())) {
      return files.filter(file -> file.toString().endsWith(".tokens")).findFirst().orElseThrow();
    }
  }

  @Test
  void aMissingCorpusSaysHowToGetIt() {
    isRefused(
        () -> tokens("nothing", "train"),
        "no corpus 'nothing'",
        corpora.data().toString(),
        "NEPENTHE_DATA",
        "'synthetic'");
    isRefused(() -> tokens("wikitext-103", "train"), "'nepenthe data fetch wikitext-103'");
    isRefused(() -> tokens("../c", "train"), "'../c' is no name");
  }

  @Test
  void aFolderWithoutTextIsNoCorpus() throws IOException {
    corpora.write("wikitext-2/train-00000-of-00001.parquet.part", "x");
    corpora.write("c/image.png", "x");
    isRefused(() -> tokens("c", "train"), "c holds no text");
    isRefused(() -> tokens("wikitext-2", "train"), "'nepenthe data fetch wikitext-2'");
  }

  @Test
  void aFolderNamedLikeMadeUpTextIsNotPassedOverInSilence() throws IOException {
    corpora.write("synthetic/train.txt", "x\n");
    assertEquals(1, corpora.open().all().size());
    assertTrue(corpora.lines().get(0).contains("synthetic is not read"), corpora.lines().get(0));
  }

  @Test
  void aMissingSplitIsNamedWithThoseThatAreThere() throws IOException {
    corpora.write("c/valid.txt", "x\n");
    corpora.write("c/test.txt", "x\n");
    isRefused(() -> tokens("c", "train"), "no split 'train', only test, validation");
    isRefused(() -> tokens("synthetic", "dev"), "no split 'dev', only test, train, validation");
  }

  @Test
  void emptyTextIsRefused() throws IOException, SQLException {
    corpora.write("a/train.txt", "");
    corpora.write("b/train.txt", " \n\n");
    corpora.writeParquet("c/train.parquet", List.of());
    isRefused(() -> tokens("a", "train"), "train.txt is empty");
    isRefused(() -> tokens("b", "train"), "split 'train' of corpus 'b'", "has no text");
    isRefused(() -> tokens("c", "train"), "split 'train' of corpus 'c'", "has no text");
  }

  @Test
  void textThatIsNoUtf8IsRefusedWithItsPlace() throws IOException {
    Path file = corpora.write("c/train.txt", "");
    Files.write(file, "one\ntwo caf\u00e9\n".getBytes(StandardCharsets.ISO_8859_1));
    isRefused(() -> tokens("c", "train"), "train.txt", "byte 0xE9 at offset 11, in line 2");
    Files.write(file, new byte[] {'a', '\n', (byte) 0xe6, (byte) 0x97});
    isRefused(() -> tokens("c", "train"), "at offset 2, in line 2");
  }

  @Test
  void endlessLinesAreRefused() throws IOException {
    corpora.write("c/train.txt", "x\n" + "y ".repeat(Utf8Lines.LONGEST_LINE / 2 + 1));
    isRefused(() -> tokens("c", "train"), "line 2 of", "longer than");
  }

  @Test
  void damagedParquetIsRefused() throws IOException, SQLException {
    Path file = corpora.writeParquet("c/train.parquet", List.of("some text ".repeat(100)));
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(whole, whole.length / 2));
    isRefused(() -> tokens("c", "train"), "train.parquet is cut off", "Download it again");
    Files.writeString(file, "<html>not found</html>");
    isRefused(() -> tokens("c", "train"), "train.parquet is no Parquet file");
    byte[] holed = whole.clone();
    Arrays.fill(holed, 4, whole.length - 8, (byte) 0);
    Files.write(file, holed);
    isRefused(() -> tokens("c", "train"), "train.parquet is damaged");
  }

  @Test
  void aPageOfParquetIsCheckedByItsChecksum() throws IOException {
    Path file = corpora.write("c/train.parquet", "");
    byte[] whole = new ParquetBytes(ParquetBytes.UNCOMPRESSED, false).of("some text");
    Files.write(file, whole);
    assertArrayEquals(tokenizer.encode("some text"), ids(tokens("c", "train")));
    int letter = new String(whole, StandardCharsets.ISO_8859_1).indexOf("some");
    whole[letter] ^= 1;
    Files.write(file, whole);
    isRefused(() -> tokens("c", "train"), "train.parquet is damaged", "checksum of a page");
  }

  @Test
  void parquetThatIsEncryptedOrOddlyCompressedIsNotCalledDamaged() throws IOException {
    Path file = corpora.write("c/train.parquet", "");
    Files.write(file, new ParquetBytes(ParquetBytes.UNCOMPRESSED, true).of("some text"));
    isRefused(() -> tokens("c", "train"), "train.parquet is encrypted", "without encryption");
    Files.writeString(file, "PARE, and what nobody can read, PARE");
    isRefused(() -> tokens("c", "train"), "train.parquet is encrypted");
    Files.write(file, new ParquetBytes(ParquetBytes.LZ4_OF_HADOOP, false).of("some text"));
    isRefused(() -> tokens("c", "train"), "is compressed by LZ4", "use zstd");
  }

  @Test
  void parquetWithoutATextColumnIsRefused() throws IOException, SQLException {
    corpora.writeParquet("c/train.parquet", "content", List.of("text"));
    isRefused(() -> tokens("c", "train"), "no column 'text'", "content (VARCHAR)");
  }

  @Test
  void aMissingShardIsNamed() throws IOException, SQLException {
    corpora.writeParquet("c/train-00001-of-00002.parquet", List.of("second"));
    isRefused(() -> tokens("c", "train"), "train-00000-of-00002.parquet is missing");
  }

  @Test
  void severalConfigurationsInOneFolderAreRefused() throws IOException, SQLException {
    corpora.writeParquet("c/v1/train.parquet", List.of("x"));
    corpora.writeParquet("c/raw/test.parquet", List.of("x"));
    isRefused(() -> tokens("c", "train"), "more than one corpus");
  }

  @Test
  void unreadableFilesAreNamed() throws IOException {
    Path file = corpora.write("c/train.txt", "x\n");
    Assumptions.assumeTrue(
        file.toFile().setReadable(false) && !Files.isReadable(file), "root reads every file");
    isRefused(() -> tokens("c", "train"), "cannot read " + file, "permission denied");
  }

  @Test
  void namesOfFoldersAreNoPatterns() throws IOException, SQLException {
    Corpuses odd = Corpuses.in(folder.resolve("a[b]*c"));
    odd.writeParquet("c/train.parquet", List.of("text"));
    assertArrayEquals(tokenizer.encode("text"), ids(odd.open().tokens("c", "train", tokenizer)));
  }

  @Test
  void listsWhatIsThereAndReportsTheRest() throws IOException {
    corpora.write("b/test.txt", "x\n");
    corpora.write("a/train.txt", "x\n");
    corpora.write("empty/image.png", "x");
    assertEquals(
        List.of("a", "b", "synthetic"), corpora.open().all().stream().map(Corpus::name).toList());
    assertEquals(1, corpora.lines().size());
  }

  private static final String WORDS =
      """
      {"version": "1.0", "truncation": null, "padding": null, "added_tokens": [],
       "normalizer": null, "pre_tokenizer": {"type": "WhitespaceSplit"}, "post_processor": null,
       "decoder": null,
       "model": {"type": "WordLevel", "vocab": {"a": 0, "b": 1, "?": 2}, "unk_token": "?"}}
      """;

  @Test
  void aFolderHoldsTheTokenizerOfAModel() throws IOException {
    corpora.write("c/train.txt", "b a b\n a c\n");
    corpora.write("a-model/tokenizer.json", WORDS);
    corpora.write("no-model/notes", "");
    Corpora open = corpora.open();
    TokenIds words = open.tokens("c", "train", open.encoding("a-model"));
    assertArrayEquals(new int[] {1, 0, 1, 0, 2}, ids(words));
    assertEquals(tokenizer.identity(), open.encoding(tokenizer.name()).identity());
    isRefused(() -> open.encoding("no-model"), "no-model holds no tokenizer");
  }

  @Test
  void aTokenizerMayHaveMoreIdsThanSixteenBitsCount() throws IOException {
    corpora.write("c/train.txt", "b a b\n a c\n");
    corpora.write("a-model/tokenizer.json", WORDS.replace("\"b\": 1", "\"b\": 151935"));
    Corpora open = corpora.open();
    TokenIds words = open.tokens("c", "train", open.encoding("a-model"));
    assertArrayEquals(new int[] {151_935, 0, 151_935, 0, 2}, ids(words));
  }

  @Test
  void aPathThatIsNotHereIsLookedForBesideTheCorpora() throws IOException {
    Path there = corpora.write("rows/a.csv", "1 2\n");
    assertEquals(there, corpora.open().place("rows/a.csv"));
    assertEquals(there, corpora.open().place(there.toString()));
    assertEquals(Path.of("rows/b.csv"), corpora.open().place("rows/b.csv"));
    assertEquals(Path.of("pom.xml"), corpora.open().place("pom.xml"));
  }
}
