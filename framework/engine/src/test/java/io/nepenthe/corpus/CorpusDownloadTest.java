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
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CorpusDownloadTest {
  private static final KnownCorpus CORPUS = KnownCorpus.WIKITEXT_2;
  private static final String TRAIN = "train-00000-of-00001.parquet";

  @TempDir private Path folder;
  private final List<String> lines = new ArrayList<>();
  private HubServer server;
  private List<CorpusFile> known;

  @BeforeEach
  void start() throws IOException {
    server = new HubServer(CORPUS);
    known = server.known();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Path download() {
    return new CorpusDownload(
            CORPUS, known, server.base(), folder, Duration.ofSeconds(1), lines::add)
        .run();
  }

  private void writePart(byte[] content) throws IOException {
    Files.createDirectories(file(TRAIN).getParent());
    Files.write(file(TRAIN + ".part"), content);
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
    for (CorpusFile one : known) {
      isWhole(one.name());
    }
    assertTrue(lines.stream().allMatch(line -> line.contains("SHA-256 is right")));
    int requests = server.requests().size();
    download();
    assertEquals(requests, server.requests().size());
  }

  @Test
  void whatIsThereIsVerifiedAndMended() throws IOException {
    download();
    for (byte[] damaged : List.of(new byte[0], new byte[server.content(TRAIN).length])) {
      Files.write(file(TRAIN), damaged);
      download();
      isWhole(TRAIN);
      assertTrue(lines.stream().anyMatch(line -> line.contains("is downloaded again")));
    }
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
    writePart(Arrays.copyOf(server.content(TRAIN), 700));
    download();
    isWhole(TRAIN);
    assertTrue(server.requests().contains(TRAIN + " bytes=700-"), server.requests().toString());
  }

  @Test
  void aPartThatIsWholeOrTooLongIsNoProblem() throws IOException {
    byte[] content = server.content(TRAIN);
    writePart(content);
    Files.write(
        file("test-00000-of-00001.parquet.part"), Arrays.copyOf(content, content.length + 5));
    download();
    isWhole(TRAIN);
    isWhole("test-00000-of-00001.parquet");
  }

  @Test
  void startsAgainWhereAServerKnowsNoRanges() throws IOException {
    server.withoutRanges();
    writePart(new byte[700]);
    download();
    isWhole(TRAIN);
  }

  @ParameterizedTest
  @EnumSource(names = {"OTHER_RANGE", "NO_RANGE"})
  void startsAgainWhereTheServerGivesNoSuchRange(HubServer.Badness badness) throws IOException {
    server.is(badness);
    writePart(Arrays.copyOf(server.content(TRAIN), 700));
    download();
    isWhole(TRAIN);
  }

  @Test
  void piecesOfAnotherFileAreThrownAway() throws IOException {
    writePart(new byte[700]);
    download();
    isWhole(TRAIN);
    assertTrue(lines.stream().anyMatch(line -> line.contains("do not belong together")));
  }

  @Test
  void anAnswerThatTellsNoLengthIsReadToItsEnd() throws IOException {
    server.is(HubServer.Badness.NO_LENGTH);
    download();
    isWhole(TRAIN);
  }

  @ParameterizedTest
  @EnumSource(names = {"ENDLESS", "PAGE", "EMPTY", "OTHER"})
  void whatIsNotTheFileNeverGetsItsName(HubServer.Badness badness) throws IOException {
    server.is(badness);
    fails(ErrorCode.BAD_DATA, "is not the corpus's file");
    assertFalse(Files.exists(file("test-00000-of-00001.parquet")));
    server.is(HubServer.Badness.NONE);
    download();
    isWhole(TRAIN);
    isWhole("test-00000-of-00001.parquet");
  }

  @Test
  void aRestOfALongerFileIsRefused() throws IOException {
    server.is(HubServer.Badness.OTHER_TOTAL);
    Files.createDirectories(file(TRAIN).getParent());
    Files.write(file("test-00000-of-00001.parquet.part"), new byte[700]);
    fails(ErrorCode.BAD_DATA, "it has 5001 bytes instead of 5000");
  }

  @Test
  void compressionThatNobodyAskedForIsNamed() {
    server.is(HubServer.Badness.COMPRESSED);
    fails(ErrorCode.IO, "the server sends it as gzip");
  }

  @Test
  @Timeout(20)
  void aServerThatFallsSilentEndsTheDownload() throws IOException {
    server.is(HubServer.Badness.STALLS);
    fails(ErrorCode.IO, "nothing came for 1 s", "Try again");
    assertEquals(100, Files.size(file("test-00000-of-00001.parquet.part")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "Sun, 06 Nov 1994 08:49:37 GMT"})
  void aBusyServerIsAskedAgainWhenItWantsToBe(String retryAfter) throws IOException {
    server.refuse(2, retryAfter);
    download();
    isWhole(TRAIN);
    assertTrue(
        lines.stream().anyMatch(line -> line.contains("the server answered 429")),
        lines.toString());
  }

  @Test
  void aServerThatStaysBusyIsLeftAlone() {
    server.refuse(100, "0");
    fails(ErrorCode.IO, "the server answered 429", "Try again to resume");
    assertEquals(5, server.requests().size());
    assertFalse(Files.exists(file("test-00000-of-00001.parquet.part")));
  }

  @Test
  void aLongWaitIsLeftToTheUser() {
    server.refuse(100, "3600");
    fails(ErrorCode.IO, "the server answered 429: try again in 3600 s");
    assertEquals(1, server.requests().size());
  }

  @Test
  void connectionsThatBreakAreOpenedAfterAPause() {
    server.cutAfter(1000);
    download();
    assertTrue(
        lines.stream().anyMatch(line -> line.contains("resuming after 1000 bytes, in 0.0 s")),
        lines.toString());
  }

  @Test
  void ofAFileThatIsAnotherNothingIsKept() throws IOException {
    server.is(HubServer.Badness.ENDLESS);
    fails(ErrorCode.BAD_DATA, "it has more than 5000 bytes", "Nothing of it is kept");
    assertFalse(Files.exists(file("test-00000-of-00001.parquet.part")));
    server.is(HubServer.Badness.PAGE);
    fails(ErrorCode.BAD_DATA, "it has 10 bytes instead of 5000");
    assertFalse(Files.exists(file("test-00000-of-00001.parquet.part")));
    byte[] before = Arrays.copyOf(server.content("test-00000-of-00001.parquet"), 700);
    Files.write(file("test-00000-of-00001.parquet.part"), before);
    server.is(HubServer.Badness.OTHER_TOTAL);
    fails(ErrorCode.BAD_DATA, "it has 5001 bytes instead of 5000");
    assertArrayEquals(before, Files.readAllBytes(file("test-00000-of-00001.parquet.part")));
  }

  @Test
  void addressesThatAreNoneAreNamed() {
    for (String base : List.of("http://127.0.0.1:99999", "http:opaque")) {
      NepentheException e =
          assertThrows(
              NepentheException.class,
              () -> new CorpusDownload(CORPUS, URI.create(base), folder, lines::add).run());
      assertEquals(ErrorCode.IO, e.code(), e.getMessage());
    }
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
        KnownCorpus.WIKITEXT_103.files().stream().map(CorpusFile::name).toList());
    assertEquals(313, KnownCorpus.WIKITEXT_103.megabytes());
    assertEquals("wikitext-103-v1", KnownCorpus.WIKITEXT_103.configuration());
    assertEquals(
        URI.create("https://huggingface.co/datasets/Salesforce/wikitext/resolve/main"),
        CorpusDownload.HUGGING_FACE);
  }
}
