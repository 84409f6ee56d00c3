package io.nepenthe.task.rows;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.nepenthe.data.Sequences;
import io.nepenthe.data.Window;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import io.nepenthe.protocol.Quirk;
import io.nepenthe.task.ArtifactRows;
import io.nepenthe.task.TaskData;
import io.nepenthe.task.TextEncoding;
import io.nepenthe.task.TokenIds;
import io.nepenthe.task.TokenSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MemorizedDataSpecTest {
  private static final int LENGTH = 4;
  private static final Window WINDOW = new Window(2, 1);

  @TempDir private Path folder;

  private final TokenSource source =
      new TokenSource() {
        @Override
        public TokenIds tokens(String corpus, String split, TextEncoding encoding) {
          return new Counted();
        }

        @Override
        public Path place(String named) {
          return folder.resolve(named);
        }
      };

  /** The ids 0, 1, 2, ... 49, so that a row tells where it was cut. */
  private static final class Counted implements TokenIds {
    @Override
    public int size() {
      return 50;
    }

    @Override
    public int id(int index) {
      return index;
    }

    @Override
    public String hash() {
      return "counted";
    }
  }

  @BeforeEach
  void writeFiles() throws IOException {
    Files.writeString(folder.resolve("texts.csv"), "9 8 7 6 5\n8 8 7 6 5\n7 8 7 6 5\n");
    write(6, 10);
  }

  /** Random rows of the ids 10, 11, 12, ... */
  private void write(int width, int rows) throws IOException {
    Files.writeString(
        folder.resolve("random.csv"),
        IntStream.range(0, rows)
            .mapToObj(
                row ->
                    IntStream.range(10 + row * width, 10 + (row + 1) * width)
                        .mapToObj(Integer::toString)
                        .collect(Collectors.joining(" ")))
            .collect(Collectors.joining("\n")));
  }

  private static MemorizedDataSpec spec(RandomRows random) {
    return new MemorizedDataSpec("texts.csv", random, LENGTH, 100);
  }

  private static MemorizedDataSpec ofFile(Integer rows) {
    return spec(new RandomRows("random.csv", null, null, null, rows));
  }

  private TaskData build(MemorizedDataSpec spec, Quirk... quirks) {
    return spec.build(WINDOW, Set.of(quirks), 0, source);
  }

  private static List<Integer> firsts(Sequences rows) {
    return IntStream.range(0, rows.rows()).mapToObj(row -> rows.token(row, 0)).toList();
  }

  @Test
  void everyTextCountsAndHasTheTasksWindow() {
    TaskData data = build(ofFile(2));
    assertArrayEquals(new int[] {9, 8, 7, 6}, data.scored().artifacts().row(0));
    assertEquals(List.of(true, true, true), data.scored().eligible());
    assertEquals(List.of(WINDOW, WINDOW, WINDOW), data.scored().windows());
  }

  @Test
  void theFirstRandomRowsAreMeasuredOnAndTheNextAreKept() {
    TaskData data = build(ofFile(2));
    assertEquals(List.of(10, 16), firsts(data.tests().get("random")));
    assertEquals(List.of(22, 28), firsts(data.retained()));
    assertEquals(data.retained().hash(), data.retain(Set.of()).hash());
  }

  @Test
  void whereThereAreFewerEachSetGetsHalf() {
    TaskData data = build(ofFile(null));
    assertEquals(5, data.tests().get("random").rows());
    assertEquals(5, data.retained().rows());
  }

  @Test
  void theReferenceJoinsRandomRowsAndCutsThemAnew() {
    TaskData data = build(ofFile(3), Quirk.RECUT_RANDOM_ROWS);
    assertEquals(List.of(10, 14, 18), firsts(data.tests().get("random")));
    assertEquals(List.of(22, 26, 30), firsts(data.retained()));
  }

  @Test
  void thePapersRowsComeOfItsFile() throws IOException {
    write(128, 2048);
    MemorizedDataSpec pythia =
        new MemorizedDataSpec(
            "texts.csv", new RandomRows("random.csv", null, null, null, null), LENGTH, 300_000);
    Files.writeString(
        folder.resolve("texts.csv"),
        IntStream.range(0, 80).mapToObj(Integer::toString).collect(Collectors.joining(" ")));
    MemorizedDataSpec long80 =
        new MemorizedDataSpec(pythia.memorized(), pythia.random(), 80, pythia.vocabulary());
    TaskData reference =
        long80.build(new Window(32, 40), Set.of(Quirk.RECUT_RANDOM_ROWS), 0, source);
    assertEquals(1632, reference.tests().get("random").rows());
    assertEquals(1632, reference.retained().rows());
    assertEquals(10 + 1632 * 80, reference.retained().token(0, 0));
    TaskData clean = long80.build(new Window(32, 40), Set.of(), 0, source);
    assertEquals(1024, clean.retained().rows());
    assertEquals(10 + 1024 * 128, clean.retained().token(0, 0));
  }

  @Test
  void memPisFileHas505TextsOf80Ids() throws IOException {
    Path memPi = Path.of("../../../shared/reference/data/pythia-2.8b-memorized.csv");
    assumeTrue(Files.isRegularFile(memPi), "the reference's data is not beside this project");
    write(80, 2);
    MemorizedDataSpec pythia =
        new MemorizedDataSpec(
            memPi.toAbsolutePath().toString(),
            new RandomRows("random.csv", null, null, null, null),
            80,
            50304);
    ArtifactRows texts = pythia.build(new Window(32, 40), Set.of(), 0, source).scored();
    assertEquals(505, texts.eligibleRows().length);
    assertEquals(80, texts.artifacts().length());
  }

  @Test
  void aCorpusIsCutIntoRowsOfWhichSomeAreDrawn() {
    RandomRows random = new RandomRows(null, "some-text", "test", "gpt2", 3);
    TaskData data = build(spec(random));
    List<Integer> drawn =
        IntStream.concat(
                firsts(data.tests().get("random")).stream().mapToInt(i -> i),
                firsts(data.retained()).stream().mapToInt(i -> i))
            .boxed()
            .toList();
    assertEquals(6, drawn.stream().distinct().count());
    assertTrue(drawn.stream().allMatch(first -> first % LENGTH == 0), drawn.toString());
    assertEquals(drawn.get(0), build(spec(random)).tests().get("random").token(0, 0));
    assertNotEquals(
        drawn, List.of(0, 4, 8, 12, 16, 20), "the first rows were taken, not random ones");
  }

  @Test
  void noRowToForgetIsAmongThoseToKeepInReferenceFidelity() {
    TaskData data = build(ofFile(2));
    assertEquals(data.retained().hash(), data.retain(Set.of(Quirk.RETAIN_HOLDS_ARTIFACTS)).hash());
  }

  @Test
  void whatIsNotThereIsNamed() throws IOException {
    assertEquals(List.of(), ofFile(2).missing(source));
    Files.delete(folder.resolve("random.csv"));
    assertEquals(List.of(folder.resolve("random.csv")), ofFile(2).missing(source));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          texts.csv  | 1 2 3       | must have rows of at least data.length 4
          texts.csv  | 1 2 3 100   | ids below data.vocabulary 100
          random.csv | 1 2 3       | must have rows of at least data.length 4
          random.csv | 1 2 3 4     | must have at least 2 rows
          """)
  void aFileThatDoesNotFitIsRefused(String file, String rows, String rule) throws IOException {
    Files.writeString(folder.resolve(file), rows + "\n");
    NepentheException e = assertThrows(NepentheException.class, () -> build(ofFile(2)));
    assertEquals(ErrorCode.BAD_DATA, e.code());
    assertTrue(e.getMessage().contains(rule) && e.getMessage().contains(file), e.getMessage());
  }

  @Test
  void randomRowsHaveOneSource() {
    for (RandomSource wrong :
        Arrays.<RandomSource>asList(
            () -> new RandomRows(null, null, null, null, 2),
            () -> new RandomRows("random.csv", "some-text", null, "gpt2", 2),
            () -> new RandomRows("random.csv", null, "test", null, 2),
            () -> new RandomRows(null, "some-text", null, null, 2),
            () -> new RandomRows("random.csv", null, null, null, 0))) {
      assertThrows(IllegalArgumentException.class, wrong::make);
    }
  }

  private interface RandomSource {
    RandomRows make();
  }

  @Test
  void otherRowsMakeAnotherIdentityAndAnotherPlaceDoesNot() throws IOException {
    String source1 = ofFile(2).sourceHash(source);
    String data1 = ofFile(2).hash(build(ofFile(2)));
    assertEquals(
        ofFile(2).anywhere(),
        new MemorizedDataSpec(
                "other/texts.csv", new RandomRows("x", null, null, null, 2), LENGTH, 100)
            .anywhere());
    write(7, 10);
    assertNotEquals(source1, ofFile(2).sourceHash(source));
    assertNotEquals(data1, ofFile(2).hash(build(ofFile(2))));
  }
}
