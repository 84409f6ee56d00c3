package io.nepenthe.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SequencesTest {
  private static final Sequences ROWS =
      Sequences.of(3, List.of(new int[] {1, 2, 13}, new int[] {4, 5, 6}, new int[] {7, 13, 13}));

  @TempDir Path folder;

  @Test
  void csvRoundTripKeepsEveryRow() throws IOException {
    Path file = folder.resolve("rows.csv");
    ROWS.writeCsv(file);
    assertEquals("1 2 13\n4 5 6\n7 13 13\n", Files.readString(file));
    assertEquals(ROWS, Sequences.readCsv(file));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1,2,13\n4,5,6\n7,13,13", "1, 2, 13\r\n4\t5 6\r\n\r\n 7  13 ,13 \r\n"})
  void csvIdsMayBeSeparatedByCommasOrBlanks(String text) throws IOException {
    assertEquals(ROWS, Sequences.readCsv(Files.writeString(folder.resolve("rows.csv"), text)));
  }

  @ParameterizedTest
  @CsvSource({
    "'1,,2\n', line 1, no token id",
    "',0,1\n0,5,6\n', line 1, a header and row numbers are none",
    "'1 2\n1 x\n', line 2, holds 'x",
    "'1 2\n\n1 x\n', line 3, no token id",
    "'\n1 2\n\n3 4\n\n5\n', line 6, has 1 ids where line 2 has 2",
    "'1 -2\n', line 1, must be at least 0",
    "'1 99999999999\n', line 1, too large",
    "'1 \u0663\n', line 1, no token id",
    "'1 2\u001c\n', line 1, holds '2<U+001C>",
    "'\u001f 1 2\n', line 1, holds '<U+001F>",
    "'1 2\n\u001d\n', line 2, holds '<U+001D>",
    "'1 2\u2003\n', line 1, holds '2<U+2003>",
    "'1 2\u200b\n', line 1, holds '2<U+200B>",
    "'1 2\n3\u00a04 5\n', line 2, holds '3<U+00A0>4",
    "'1.0 2\n', line 1, no token id",
    "'version https://git-lfs.github.com/spec/v1\n', Git LFS pointer, git lfs pull",
    "'0,1,2,3\n5,6,7,8\n', counts 0 to 3, header=False",
    "'\n0,1,2,3\r\n5,6,7,8\n', counts 0 to 3, join them by blanks",
    "'0\t1\t2\n5\t6\t7\n', counts 0 to 2, header=False",
    "'0,5,6\n1,5,6\n2,9,9\n', first ids count the rows, index=False",
    "'index,token_ids\n0,1 2\n2,3 4\n', 'line 3 ', does not begin with '1,'",
    "'\u001cindex,token_ids\n0,1 2\n', line 1, no token id",
    "'index,token_ids\n\u001c0,1 2\n', 'line 2 ', does not begin with '0,'",
    "'1,5,6\n2,5,6\n3,9,9\n', first ids count the rows, index=False"
  })
  void csvMistakesNameFileLineAndRule(String text, String line, String rule) throws IOException {
    Path file = Files.writeString(folder.resolve("bad.csv"), text);
    NepentheException e = assertThrows(NepentheException.class, () -> Sequences.readCsv(file));
    assertEquals(ErrorCode.BAD_DATA, e.code());
    for (String part : List.of(file.toString(), line, rule)) {
      assertTrue(e.getMessage().contains(part), e.getMessage());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\ufeff1,2,13\r\n4,5,6\r\n7,13,13\r\n",
        "1 2 13\r4 5 6\r7 13 13",
        "index,token_ids\n0,1 2 13\n1,4 5 6\n\n2,7 13 13\n", // MemPi's texts, as handed on
      })
  void csvOfOtherProgramsIsRead(String text) throws IOException {
    assertEquals(ROWS, Sequences.readCsv(Files.writeString(folder.resolve("rows.csv"), text)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0,1,2,4\n5,6,7,8", "0 1 2 3\n5 6 7 8", "0,5\n1,6", "0,5\n2,5\n1,9"})
  void rowsThatOnlyResembleATableAreRead(String text) throws IOException {
    Sequences read = Sequences.readCsv(Files.writeString(folder.resolve("rows.csv"), text));
    assertEquals(text.lines().count(), read.rows());
    assertEquals(text.startsWith("0 1"), read.doubt().isPresent());
  }

  @Test
  void aRowIsFoundAtItsLine() throws IOException {
    Path file = Files.writeString(folder.resolve("rows.csv"), "\n1 2\n\n\n3 4\n");
    assertEquals(1, Sequences.csvLine(file, 0));
    assertEquals(4, Sequences.csvLine(file, 1));
  }

  @Test
  void aWindowEndsWithinAnInt() {
    assertEquals(Integer.MAX_VALUE, new Window(Integer.MAX_VALUE - 1, 1).end());
    assertThrows(IllegalArgumentException.class, () -> new Window(Integer.MAX_VALUE, 1));
    assertThrows(IllegalArgumentException.class, () -> new Window(1, 0));
  }

  @Test
  void csvThatIsNoTextOrMissingIsNamed() throws IOException {
    Path binary = Files.write(folder.resolve("binary.csv"), new byte[] {(byte) 0xff, (byte) 0xfe});
    Path nul = Files.writeString(folder.resolve("nul.csv"), "1 2\n3 4\0\n");
    for (Path file : List.of(binary, nul, folder.resolve("missing.csv"))) {
      NepentheException e = assertThrows(NepentheException.class, () -> Sequences.readCsv(file));
      assertTrue(e.getMessage().contains(file.toString()), e.getMessage());
    }
  }

  @Test
  void copyTakesColumnsOfRowsInTheGivenOrder() {
    assertArrayEquals(new long[] {13, 13, 2, 13}, ROWS.copy(new int[] {2, 0}, 1, 3));
  }

  @Test
  void lengthWithoutPaddingIsThatOfTheLongestRow() {
    assertEquals(3, ROWS.lengthWithout(13));
    assertEquals(2, ROWS.select(0, 2).lengthWithout(13));
  }

  @Test
  void hashSeesShapeAndContent() {
    Sequences flat = Sequences.of(9, List.of(new int[] {1, 2, 13, 4, 5, 6, 7, 13, 13}));
    assertNotEquals(ROWS.hash(), flat.hash());
    assertNotEquals(ROWS.hash(), ROWS.select(1, 0, 2).hash());
    assertEquals(ROWS.hash(), ROWS.slice(0, 2).concat(ROWS.slice(2, 3)).hash());
  }

  @Test
  void rowsOfAnotherLengthAreRefused() {
    assertThrows(
        IllegalArgumentException.class, () -> Sequences.of(2, List.of(new int[] {1, 2, 3})));
    assertThrows(IllegalArgumentException.class, () -> ROWS.concat(Sequences.empty(4)));
  }
}
