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
    "'1,,2\n', row 1, no token id",
    "'1 2\n1 x\n', row 2, no token id",
    "'1 2\n\n1 x\n', row 3, no token id",
    "'1 -2\n', row 1, must be at least 0",
    "'1 2\n3 4\n5\n', row 3, 'has 1 ids where row 1 has 2'",
    "'1 99999999999\n', row 1, no token id"
  })
  void csvMistakesNameFileLineAndRule(String text, String line, String rule) throws IOException {
    Path file = Files.writeString(folder.resolve("bad.csv"), text);
    NepentheException e = assertThrows(NepentheException.class, () -> Sequences.readCsv(file));
    assertEquals(ErrorCode.BAD_DATA, e.code());
    for (String part : List.of(file.toString(), line, rule)) {
      assertTrue(e.getMessage().contains(part), e.getMessage());
    }
  }

  @Test
  void csvThatIsNoTextOrMissingIsNamed() throws IOException {
    Path binary = Files.write(folder.resolve("binary.csv"), new byte[] {(byte) 0xff, (byte) 0xfe});
    for (Path file : List.of(binary, folder.resolve("missing.csv"))) {
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
