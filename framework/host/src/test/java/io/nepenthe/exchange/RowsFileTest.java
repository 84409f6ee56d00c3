package io.nepenthe.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nepenthe.data.Sequences;
import io.nepenthe.data.Window;
import io.nepenthe.data.Windows;
import io.nepenthe.plugin.Given;
import io.nepenthe.plugin.Need;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RowsFileTest {
  private static final Sequences SMALL_IDS =
      Sequences.of(3, List.of(new int[] {0, 65_535, 2}, new int[] {40_000, 4, 5}));
  private static final Sequences LARGE_IDS = Sequences.of(2, List.of(new int[] {65_536, 1}));

  @TempDir private Path folder;

  private static HandedRows rows(Sequences forget) {
    Windows windows = new Windows(new Window(2, 1), List.of(new Window(1, 2), new Window(2, 1)));
    Given given =
        Given.of(Map.of(Need.FORGET_SET, forget, Need.file("more"), LARGE_IDS), windows).padded(7);
    return new HandedRows(3, SMALL_IDS.slice(0, 1), given);
  }

  @Test
  void rowsComeAsTheyWere() {
    HandedRows rows = rows(SMALL_IDS);
    assertEquals(rows, RowsFile.write(folder, rows).read());
    HandedRows nothing = new HandedRows(5, Sequences.empty(5), Given.NOTHING);
    assertEquals(nothing, RowsFile.write(folder, nothing).read());
  }

  @Test
  void aFileThatIsAnotherIsRefusedInOneLine() throws IOException {
    RowsFile handed = RowsFile.write(folder, rows(SMALL_IDS));
    Path file = Path.of(handed.path());
    byte[] bytes = Files.readAllBytes(file);
    RowsFile.write(folder, rows(SMALL_IDS.select(1, 0)));
    isRefused(handed, "its hash is another");
    for (int at = 0; at < bytes.length; at++) {
      byte[] damaged = bytes.clone();
      damaged[at] ^= 0x55;
      Files.write(file, damaged);
      isRefused(handed, "");
    }
    Files.write(file, Arrays.copyOf(bytes, bytes.length - 1));
    isRefused(handed, "it has " + (bytes.length - 1) + " bytes, must have " + bytes.length);
    Files.write(file, Arrays.copyOf(bytes, bytes.length + 1));
    isRefused(handed, "it has " + (bytes.length + 1) + " bytes, must have " + bytes.length);
    Files.delete(file);
    isRefused(handed, "it cannot be read");
    Files.write(file, bytes);
    assertEquals(rows(SMALL_IDS), handed.read());
  }

  private static void isRefused(RowsFile file, String how) {
    NepentheException e = assertThrows(NepentheException.class, file::read);
    assertEquals(ErrorCode.BAD_DATA, e.code());
    assertTrue(e.getMessage().contains("are not those that were handed over (" + how), how);
    assertEquals(1, e.getMessage().lines().count());
  }
}
