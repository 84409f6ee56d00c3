package io.nepenthe.corpus;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CorpusDownloadTest {
  private static final KnownCorpus CORPUS = KnownCorpus.WIKITEXT_2;
  private static final String TRAIN = "train-00000-of-00001.parquet";

  @TempDir private Path folder;
  private final List<String> lines = new ArrayList<>();
  private HubServer server;

  @BeforeEach
  void start() throws IOException {
    server = new HubServer(CORPUS);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Path download() {
    return new CorpusDownload(CORPUS, server.base(), folder, lines::add).run();
  }

  private Path file(String name) {
    return folder.resolve("wikitext-2").resolve(name);
  }

  private void isWhole(String name) throws IOException {
    assertArrayEquals(server.content(name), Files.readAllBytes(file(name)));
    assertFalse(Files.exists(file(name + ".part")));
  }

  private NepentheException fails(ErrorCode code, String... words) {
    NepentheException e = assertThrows(NepentheException.class, this::download);
    assertEquals(code, e.code(), e.getMessage());
    assertEquals(1, e.getMessage().lines().count(), e.getMessage());
    for (String word : words) {
      assertTrue(e.getMessage().contains(word), e.getMessage() + " lacks " + word);
    }
    return e;
  }

  @Test
  void downloadsEveryFileOnce() throws IOException {
    assertEquals(folder.resolve("wikitext-2"), download());
    for (String name : CORPUS.files()) {
      isWhole(name);
    }
    assertTrue(lines.stream().allMatch(line -> line.contains("checksum is right")));
    int requests = server.requests().size();
    download();
    assertEquals(requests, server.requests().size());
  }

  @Test
  void goesOnAfterACutConnection() throws IOException {
    server.cutAfter(1000);
    download();
    isWhole(TRAIN);
    assertTrue(server.requests().contains(TRAIN + " bytes=1000-"), server.requests().toString());
  }

  @Test
  void goesOnWhereAnotherCallStopped() throws IOException {
    Files.createDirectories(file(TRAIN).getParent());
    Files.write(file(TRAIN + ".part"), Arrays.copyOf(server.content(TRAIN), 700));
    download();
    isWhole(TRAIN);
    assertTrue(server.requests().contains(TRAIN + " bytes=700-"), server.requests().toString());
  }

  @Test
  void aPartThatIsWholeOrTooLongIsNoProblem() throws IOException {
    Files.createDirectories(file(TRAIN).getParent());
    byte[] content = server.content(TRAIN);
    Files.write(file(TRAIN + ".part"), content);
    Files.write(
        file("test-00000-of-00001.parquet.part"), Arrays.copyOf(content, content.length + 5));
    download();
    isWhole(TRAIN);
    isWhole("test-00000-of-00001.parquet");
  }

  @Test
  void startsAgainWhereAServerKnowsNoRanges() throws IOException {
    server.withoutRanges();
    Files.createDirectories(file(TRAIN).getParent());
    Files.write(file(TRAIN + ".part"), new byte[700]);
    download();
    isWhole(TRAIN);
  }

  @Test
  void aWrongChecksumRemovesTheFile() throws IOException {
    Files.createDirectories(file(TRAIN).getParent());
    Files.write(file(TRAIN + ".part"), new byte[700]);
    fails(ErrorCode.BAD_DATA, TRAIN, "instead of", "was removed");
    assertFalse(Files.exists(file(TRAIN)));
    assertFalse(Files.exists(file(TRAIN + ".part")));
    download();
    isWhole(TRAIN);
  }

  @Test
  void withoutAServerItSaysWhatToPutWhere() {
    server.close();
    fails(
        ErrorCode.IO,
        "no connection",
        TRAIN,
        "validation-00000-of-00001.parquet",
        "wikitext-2-v1",
        file("").toString());
  }

  @Test
  void whatTheServerLacksIsNamed() {
    server.forget(TRAIN);
    fails(ErrorCode.IO, "cannot download", TRAIN, "the server answered 404");
  }

  @Test
  void theCorpusOfThePaperHasFourFiles() {
    assertEquals(
        List.of(
            "test-00000-of-00001.parquet",
            "train-00000-of-00002.parquet",
            "train-00001-of-00002.parquet",
            "validation-00000-of-00001.parquet"),
        KnownCorpus.WIKITEXT_103.files());
    assertEquals("wikitext-103-v1", KnownCorpus.WIKITEXT_103.configuration());
    assertEquals(
        URI.create("https://huggingface.co/datasets/Salesforce/wikitext/resolve/main"),
        CorpusDownload.HUGGING_FACE);
  }
}
