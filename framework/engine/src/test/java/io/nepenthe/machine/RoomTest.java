package io.nepenthe.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RoomTest {
  @TempDir private Path folder;

  @Test
  void whereBytesFitIsRoomAndStaysFree() throws IOException {
    assertTrue(Room.isIn(folder.resolve("new"), 3_000_000));
    try (Stream<Path> left = Files.list(folder.resolve("new"))) {
      assertEquals(List.of(), left.toList());
    }
  }

  @Test
  void whereNothingCanBeWrittenIsNone() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    assertFalse(Room.isIn(file, 1));
  }
}
