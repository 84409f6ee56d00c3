package io.nepenthe.corpus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import io.nepenthe.task.TextEncoding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every kind of file, and what is wrong with some. */
class DocumentsTest {
  @TempDir private Path folder;

  /** The numbers of letters. */
  private static final class Letters implements TextEncoding {
    @Override
    public String identity() {
      return "letters";
    }

    @Override
    public int size() {
      return Character.MAX_VALUE + 1;
    }

    @Override
    public int[] encode(String text) {
      if (text.contains("?")) {
        throw new IllegalArgumentException("it asks");
      }
      return text.chars().toArray();
    }

    @Override
    public String decode(int[] ids) {
      return new String(ids, 0, ids.length);
    }
  }

  private Path write(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content.replace('\'', '"'));
  }

  private static List<String> read(Path path, @Nullable String field, boolean lines)
      throws IOException {
    List<String> read = new ArrayList<>();
    Documents documents = Documents.of(path, new Documents.Options(field, lines), Letters::new);
    long[] last = {0};
    documents.forEach(
        (part, bytes) -> {
          String ids =
              part.ids().length > 0 && part.ids()[0] >= ' '
                  ? new Letters().decode(part.ids())
                  : Arrays.toString(part.ids());
          String prompt = part.prompt().isPresent() ? " after " + part.prompt().getAsInt() : "";
          read.add(part.source() + " " + part.document() + ": " + ids + prompt);
          assertTrue(bytes >= last[0] && bytes <= documents.bytes(), "bytes grow");
          last[0] = bytes;
        });
    assertEquals(documents.bytes(), last[0]);
    return read;
  }

  @Test
  void aTextFileIsOneDocumentOrOneALine() throws IOException {
    Path text = write("a.txt", "one\r\n\ntwo");
    assertEquals(List.of("a.txt 0: one\n\ntwo"), read(text, null, false));
    assertEquals(List.of("a.txt 0: one", "a.txt 1: two"), read(text, null, true));
    Path marked = write("b.txt", "\ufeffone\ntwo");
    assertEquals(List.of("b.txt 0: one\ntwo"), read(marked, null, false));
    assertEquals(List.of("b.txt 0: one", "b.txt 1: two"), read(marked, null, true));
  }

  @Test
  void aLargeTextFileComesInPartsThatEndWhereALineDoes() throws IOException {
    String line = "word ".repeat(200) + "\n";
    Path text = write("a.txt", line.repeat(200));
    List<String> parts = new ArrayList<>();
    Documents.of(text, new Documents.Options(null, false), Letters::new)
        .forEach(
            (part, bytes) -> {
              assertEquals(parts.isEmpty(), part.begins());
              assertEquals(0, part.document());
              parts.add(new Letters().decode(part.ids()));
            });
    assertEquals(line.repeat(200), String.join("", parts));
    assertEquals(4, parts.size());
    assertTrue(parts.stream().allMatch(part -> part.endsWith("\n")));
  }

  @Test
  void aLineOfJsonHoldsATextOrIdsInAField() throws IOException {
    Path lines =
        write(
            "a.jsonl",
            """
            {'text': 'one', 'n': 1, 'prompt': 'p'}

            {'ids': [4, 5, 6], 'text': 'four', 'prompt': 2}
            'two'
            [7, 8]
            """);
    assertEquals(
        List.of(
            "a.jsonl 0: one",
            "a.jsonl 1: [4, 5, 6] after 2",
            "a.jsonl 2: two",
            "a.jsonl 3: [7, 8]"),
        read(lines, null, false));
    Path named = write("b.ndjson", "\ufeff{'body': 'one'}\n{'body': [1]}\n");
    assertEquals(List.of("b.ndjson 0: one", "b.ndjson 1: [1]"), read(named, "body", false));
  }

  @Test
  void aLineOfIdsMayHaveAnyLength() throws IOException {
    Path ids = write("a.csv", "\ufeff1, 2,3\n\n4 5\n6\n");
    assertEquals(
        List.of("a.csv 0: [1, 2, 3]", "a.csv 1: [4, 5]", "a.csv 2: [6]"), read(ids, null, false));
  }

  @Test
  void aRowOfParquetHoldsATextOrIdsInAColumn() throws IOException, SQLException {
    Path file = folder.resolve("a.parquet");
    try (Connection database = DuckDb.open();
        Statement statement = database.createStatement()) {
      statement.execute(
          "COPY (SELECT * FROM (VALUES ('one', [1, 2], 'x'), (NULL, NULL, 'y'), ('two', [3], 'z'))"
              + " AS t(text, ids, \"a \"\"b\")) TO '"
              + file
              + "' (FORMAT parquet)");
    }
    assertEquals(
        List.of("a.parquet 0: one", "a.parquet 1: []", "a.parquet 2: two"),
        read(file, null, false));
    assertEquals(
        List.of("a.parquet 0: [1, 2]", "a.parquet 1: []", "a.parquet 2: [3]"),
        read(file, "ids", false));
    assertEquals(
        List.of("a.parquet 0: x", "a.parquet 1: y", "a.parquet 2: z"), read(file, "a \"b", false));
    String message =
        assertThrows(NepentheException.class, () -> read(file, "body", false)).getMessage();
    assertTrue(
        message.contains("has no column 'body' of strings, only text (VARCHAR), ids"), message);
  }

  @Test
  void aFolderIsItsVisibleFilesInOrder() throws IOException {
    Files.createDirectories(folder.resolve("b/.git"));
    write("c.txt", "three");
    write("b/x.jsonl", "{'text': 'two'}\n{'text': 'more'}");
    write("b/.git/config.txt", "none");
    write("a.csv", "1 2\n");
    assertEquals(
        List.of("a.csv 0: [1, 2]", "b/x.jsonl 0: two", "b/x.jsonl 1: more", "c.txt 0: three"),
        read(folder, null, false));
  }

  @Test
  void aCorpusIsOneDocument() throws IOException {
    Corpora corpora = new Corpora(List.of(), folder, line -> {});
    Documents documents = Documents.of(corpora.find("synthetic"), "test", new Letters());
    long[] seen = {0, 0};
    documents.forEach(
        (part, bytes) -> {
          assertEquals(seen[0] == 0, part.begins());
          assertEquals("synthetic/test", part.source());
          seen[0]++;
          seen[1] += part.ids().length;
        });
    assertTrue(seen[0] > 10 && seen[1] > 1000, Arrays.toString(seen));
  }

  @Test
  void statesTellOfOtherContent() throws IOException {
    Path text = write("a.txt", "one");
    Documents.Options options = new Documents.Options(null, false);
    String before = Documents.of(text, options, Letters::new).state();
    assertEquals(before, Documents.of(text, options, Letters::new).state());
    write("a.txt", "three");
    assertTrue(!before.equals(Documents.of(text, options, Letters::new).state()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "a.jsonl | {'text': 1} | line 1 of FILE has no text or list of ids in the field 'text'; name"
            + " the field that has, by --field.",
        "a.jsonl | 5 | line 1 of FILE is no object, text or list of ids.",
        "a.jsonl | [1, -2] | line 1 of FILE holds -2, which is no token id.",
        "a.jsonl | [1, 2.0] | line 1 of FILE holds 2.0, which is no token id.",
        "a.jsonl | [99999999999] | line 1 of FILE holds 99999999999, which is no token id.",
        "a.jsonl | {'text' | line 1 of FILE is no JSON (",
        "a.jsonl | 'why?' | line 1 of FILE cannot be tokenized: it asks.",
        "a.txt | why? | the text up to byte 4 of FILE cannot be tokenized: it asks.",
        "a.csv | 1,2,x | line 1 of FILE holds 'x', which is no token id. Give one row a line",
        "a.csv | 0,1,2,3 | FILE begins with a row that counts 0 to 3, as a header does. Write rows only",
        "a.parquet | text | FILE is no Parquet file.",
        "a.docx | text | FILE is of no kind that is read, by its name: .txt, .jsonl, .parquet, or"
            + " .csv with token ids.",
        "a | text | FILE is of no kind that is read",
        "a.txt | <html> | FILE is a web page in place of the file",
      })
  void whatIsWrongIsSaidWithItsPlace(String name, String content, String words) throws IOException {
    Path file = write(name, content);
    NepentheException refused =
        assertThrows(NepentheException.class, () -> read(file, null, false));
    assertEquals(ErrorCode.BAD_DATA, refused.code());
    String expected = words.replace("FILE", file.toString());
    assertTrue(refused.getMessage().startsWith(expected), refused.getMessage());
  }

  @Test
  void numbersThatAHeaderAnnouncesAreTakenOff() throws IOException {
    Path file = write("a.csv", "index,token_ids\n0,1 2 3\n\n1,4 5\n");
    assertEquals(List.of("a.csv 0: [1, 2, 3]", "a.csv 1: [4, 5]"), read(file, null, false));
    Path wrong = write("b.csv", "index,token_ids\n1,1 2 3\n");
    String message =
        assertThrows(NepentheException.class, () -> read(wrong, null, false)).getMessage();
    assertTrue(message.contains("line 2 of " + wrong + " does not begin with '0,'"), message);
  }

  @Test
  void rowNumbersAreNoIds() throws IOException {
    Path file = write("a.csv", "0,5,5\n1,6,7\n2,5,9\n");
    String message =
        assertThrows(NepentheException.class, () -> read(file, null, false)).getMessage();
    assertTrue(message.contains("has rows whose first ids count the rows"), message);
    assertEquals(3, read(write("b.csv", "0 5 5\n1 6 7\n2 5 9\n"), null, false).size());
    assertEquals(3, read(write("c.csv", "0,5,5\n2,6,7\n3,5,9\n"), null, false).size());
  }

  @Test
  void whatIsNotThereIsSaid() throws IOException {
    assertThrows(NepentheException.class, () -> read(folder.resolve("none.txt"), null, false));
    assertThrows(NepentheException.class, () -> read(folder, null, false));
  }

  @Test
  void aFolderThatLeadsBackToItselfIsRefused() throws IOException {
    write("a.txt", "one");
    Files.createSymbolicLink(folder.resolve("again"), folder);
    NepentheException refused =
        assertThrows(NepentheException.class, () -> read(folder, null, false));
    assertEquals(ErrorCode.BAD_DATA, refused.code());
  }
}
