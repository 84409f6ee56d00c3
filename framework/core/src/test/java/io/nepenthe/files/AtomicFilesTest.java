package io.nepenthe.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AtomicFilesTest {
  @TempDir Path folder;

  @Test
  void replacesTheWholeFile() throws IOException {
    Path file = folder.resolve("result.json");
    AtomicFiles.write(file, "longer text");
    AtomicFiles.write(file, "short");
    assertEquals("short", Files.readString(file));
    assertEquals(List.of(file), files());
  }

  @Test
  void leavesTheOldFileAndNothingElseIfWritingFails() throws IOException {
    Path file = folder.resolve("result.json");
    AtomicFiles.write(file, "old");
    assertThrows(
        IOException.class,
        () ->
            AtomicFiles.write(
                file,
                part -> {
                  Files.writeString(part, "half of");
                  throw new IOException("disk full");
                }));
    assertEquals("old", Files.readString(file));
    assertEquals(List.of(file), files());
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }
}
