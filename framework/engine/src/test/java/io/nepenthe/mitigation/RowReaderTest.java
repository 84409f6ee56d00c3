package io.nepenthe.mitigation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nepenthe.corpus.Corpora;
import io.nepenthe.data.Window;
import io.nepenthe.model.Architectures;
import io.nepenthe.model.LanguageModel;
import io.nepenthe.model.ModelSize;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import io.nepenthe.tensor.FloatType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RowReaderTest {
  /** Words a, b, c, d are ids 1 to 4, others 0. */
  private static final String TOKENIZER =
      """
      {"version": "1.0", "truncation": null, "padding": null, "added_tokens": [],
       "normalizer": null, "pre_tokenizer": {"type": "Whitespace"}, "post_processor": null,
       "decoder": null,
       "model": {"type": "WordLevel", "unk_token": "?",
                 "vocab": {"?": 0, "a": 1, "b": 2, "c": 3, "d": 4}}}
      """;

  private static final LanguageModel MODEL =
      Architectures.require("gpt2").model(new ModelSize(5, 6, 4, 1, 1));

  @TempDir private Path folder;
  private Path retain;

  @BeforeEach
  void prepare() throws IOException {
    Files.writeString(folder.resolve("tokenizer.json"), TOKENIZER);
    retain = write("retain.csv", "4,4,4,4\n4,4,4,3\n4,4,3,3\n4,3,3,3\n");
  }

  private Path write(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content);
  }

  private DrawnRows read(
      Path forget,
      @Nullable Path kept,
      @Nullable String field,
      @Nullable Integer prompt,
      @Nullable Integer compare) {
    return read(inputs(forget, kept, null, field, prompt, compare));
  }

  private RowInputs inputs(
      Path forget,
      @Nullable Path kept,
      @Nullable Path judged,
      @Nullable String field,
      @Nullable Integer prompt,
      @Nullable Integer compare) {
    return new RowInputs(
        folder, forget, kept, judged, field, prompt, compare, null, null, 0, FloatType.FLOAT32);
  }

  private DrawnRows read(RowInputs inputs) {
    return new RowReader(
            inputs, MODEL, new Corpora(List.of(), folder.resolve("tokens"), line -> {}))
        .read();
  }

  private DrawnRows read(Path forget, @Nullable String field) {
    return read(forget, retain, field, 2, 2);
  }

  private static void assertRows(DrawnRows read, int[]... rows) {
    assertEquals(new Window(2, 2), read.window());
    assertEquals(rows.length, read.forget().rows());
    for (int r = 0; r < rows.length; r++) {
      assertArrayEquals(rows[r], read.forget().row(r));
    }
  }

  @Test
  void eachLineOfATextIsAPassageThatIsCutToRows() throws IOException {
    DrawnRows read =
        read(write("f.txt", "a b c d a a b\n\n  a b\nd c b a d c b b\na b c d\n"), null);
    assertRows(read, new int[] {1, 2, 3, 4}, new int[] {4, 3, 2, 1}, new int[] {4, 3, 2, 2});
    assertEquals(1, read.tooShort());
    assertEquals(1, read.repeated());
  }

  @Test
  void aFieldOfJsonLinesIsTextOrIds() throws IOException {
    Path file =
        write(
            "f.jsonl",
            """
            {"id": 7, "passage": "a b c d", "text": "a a a a"}
            {"id": 8, "passage": [2, 2, 3, 3], "text": "b b b b"}
            """);
    assertRows(read(file, "passage"), new int[] {1, 2, 3, 4}, new int[] {2, 2, 3, 3});
    assertRows(read(file, null), new int[] {1, 1, 1, 1}, new int[] {2, 2, 2, 2});
  }

  @Test
  void whatFindMemorizedWritesSaysPromptAndCompare() throws IOException {
    Path file =
        write(
            "found.jsonl",
            """
            {"ids": [1, 2, 3, 4], "prompt": 2, "compare": 2, "match": "exact", "copies": 1}
            {"ids": [4, 3, 2, 1], "prompt": 2, "compare": 2, "match": "near", "copies": 3}
            """);
    assertRows(
        read(file, retain, null, null, null), new int[] {1, 2, 3, 4}, new int[] {4, 3, 2, 1});
    assertEquals(new Window(1, 2), read(file, retain, null, 1, 2).window());
  }

  @Test
  void aColumnOfParquetIsText() throws SQLException {
    Path file = folder.resolve("f.parquet");
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        Statement copy = duck.createStatement()) {
      copy.execute(
          "COPY (SELECT * FROM (VALUES ('a b c d', 1), ('d c b a', 2)) t(passage, n)) TO '"
              + file
              + "' (FORMAT parquet)");
    }
    assertRows(read(file, "passage"), new int[] {1, 2, 3, 4}, new int[] {4, 3, 2, 1});
  }

  @Test
  void rowsOfIdsAreCutToo() throws IOException {
    assertRows(
        read(write("f.csv", "1,2,3,4,1\n4 3 2 1\n1,1,1\n"), null),
        new int[] {1, 2, 3, 4},
        new int[] {4, 3, 2, 1});
  }

  @Test
  void oneHalfOfWhatIsToBeKeptIsJudged() throws IOException {
    DrawnRows read = read(write("f.csv", "1,2,3,4\n4,4,4,4\n"), null);
    assertEquals(1, read.judged().rows()); // one of the four is to be forgotten
    assertEquals(1, read.retained().rows());
    assertArrayEquals(new int[] {4, 4, 4, 3}, read.judged().row(0));
    assertArrayEquals(new int[] {4, 4, 3, 3}, read.retained().row(0));
    assertEquals("both of retain.csv (left out: 1 row to be forgotten)", read.sources());
  }

  private DrawnRows judgedBy(Path judged) throws IOException {
    Path forget = write("f.csv", "1,2,3,4\n4,4,4,4\n");
    return read(inputs(forget, retain, judged, null, 2, 2));
  }

  @Test
  void whatIsJudgedIsNeitherKeptNorForgotten() throws IOException {
    DrawnRows read = judgedBy(write("j.csv", "4,4,3,3\n1,2,3,4\n2,2,2,2\n2,2,2,2\n1,1\n"));
    assertEquals(2, read.judged().rows());
    assertArrayEquals(new int[] {4, 4, 3, 3}, read.judged().row(0));
    assertArrayEquals(new int[] {2, 2, 2, 2}, read.judged().row(1));
    assertEquals(2, read.retained().rows());
    assertArrayEquals(new int[] {4, 4, 4, 3}, read.retained().row(0));
    assertArrayEquals(new int[] {4, 3, 3, 3}, read.retained().row(1));
    assertEquals(
        "of retain.csv (left out: 2 rows to be forgotten or measured on) and of j.csv (left out:"
            + " 1 row to be forgotten, 1 row that came before, 1 passage too short)",
        read.sources());
  }

  /** The last line is no row: who reads it fails. */
  @Test
  void noMoreIsReadThanIsWanted() throws IOException {
    StringBuilder rows = new StringBuilder();
    for (int i = 0; i <= 2 * 128; i++) { // one more, at which the last one ends
      rows.append("%d,%d,%d,%d\n".formatted(i / 64 % 4, i / 16 % 4, i / 4 % 4, i % 4));
    }
    retain = write("many.csv", rows + "not a row\n");
    DrawnRows read = read(write("f.csv", "4,4,4,4\n"), null);
    assertEquals(128, read.retained().rows());
    assertEquals(128, read.judged().rows());
  }

  @Test
  void whatIsOnlyJudgedOrForgottenLeavesNothingToKeep() {
    assertRefused(
        ErrorCode.BAD_DATA,
        "retain.csv holds no row that is not to be forgotten or measured on",
        () -> judgedBy(retain));
  }

  @Test
  void withoutWhatIsToBeKeptTextIsMadeUpAndThatIsSaid() throws IOException {
    DrawnRows read = read(write("f.csv", "1,2,3,4\n"), null, null, 2, 2);
    assertTrue(read.retained().rows() > 0 && read.judged().rows() > 0);
    assertTrue(read.sources().contains("made-up text (corpus synthetic)"), read.sources());
  }

  private void assertRefused(
      ErrorCode code, String words, org.junit.jupiter.api.function.Executable reading) {
    NepentheException e = assertThrows(NepentheException.class, reading);
    assertEquals(code, e.code());
    assertTrue(e.getMessage().contains(words), e.getMessage());
    assertEquals(1, e.getMessage().lines().count(), e.getMessage());
  }

  @Test
  void filesThatAreNoneAreRefused() throws IOException {
    assertRefused(ErrorCode.BAD_DATA, "none.csv", () -> read(folder.resolve("none.csv"), null));
    Path other = write("f.docx", "a b c d");
    assertRefused(ErrorCode.BAD_DATA, "f.docx is of no kind", () -> read(other, null));
    Path empty = write("empty.csv", "\n");
    assertRefused(ErrorCode.BAD_DATA, "empty.csv holds no row", () -> read(empty, null));
  }

  @Test
  void rowsThatDoNotFitTheModelAreRefused() throws IOException {
    Path rows = write("f.csv", "1,2,3,4\n");
    assertRefused(
        ErrorCode.BAD_DATA,
        "f.csv has no row of the 5 tokens that --prompt and --compare ask for; the longest has 4",
        () -> read(rows, retain, null, 2, 3));
    assertRefused(
        ErrorCode.BAD_USAGE,
        "--prompt is 4 and --compare 3: each must be at least 1, and both together at most the 6",
        () -> read(rows, retain, null, 4, 3));
    Path foreign = write("foreign.csv", "1,2,3,5\n");
    assertRefused(
        ErrorCode.BAD_DATA,
        "foreign.csv has the id 5; the model reads ids below 5",
        () -> read(foreign, null));
    Path two =
        write(
            "two.jsonl",
            "{\"ids\": [1,2,3,4], \"prompt\": 2}\n{\"ids\": [1,2,3], \"prompt\": 1}\n");
    assertRefused(
        ErrorCode.BAD_DATA,
        "has rows of prompt 2 and of 1: say by --prompt",
        () -> read(two, retain, null, null, 2));
  }

  @Test
  void aTokenizerOfAnotherModelIsRefusedForWhatIsToBeKeptToo() throws IOException {
    Files.writeString(folder.resolve("tokenizer.json"), TOKENIZER.replace("\"?\": 0", "\"?\": 9"));
    Path forget = write("f.csv", "1,2,3,4\n");
    assertRefused(
        ErrorCode.BAD_DATA,
        "the tokenizer of " + folder + " has the id 9; the model reads ids below 5",
        () -> read(forget, null, null, 2, 2));
  }

  @Test
  void whatIsToBeKeptMustBeMoreThanWhatIsToBeForgotten() throws IOException {
    Path forget = write("f.csv", "1,2,3,4\n");
    Path same = write("same.csv", "1,2,3,4\n");
    assertRefused(
        ErrorCode.BAD_DATA,
        "same.csv holds no row that is not to be forgotten",
        () -> read(forget, same, null, 2, 2));
    Path one = write("one.csv", "1,1,1,1\n");
    assertRefused(
        ErrorCode.BAD_DATA,
        "one.csv has fewer than two rows of 4 tokens",
        () -> read(forget, one, null, 2, 2));
  }

  @Test
  void textNeedsTheTokenizerOfTheFolder() throws IOException {
    Files.delete(folder.resolve("tokenizer.json"));
    Path text = write("f.txt", "a b c d");
    assertRefused(ErrorCode.BAD_DATA, "f.txt holds text, and", () -> read(text, null));
    Path ids = write("f.csv", "1,2,3,4\n");
    assertRefused(
        ErrorCode.BAD_DATA, "--retain is not given, and", () -> read(ids, null, null, 2, 2));
    assertEquals(1, read(ids, null).forget().rows());
  }
}
