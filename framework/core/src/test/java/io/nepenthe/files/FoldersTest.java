package io.nepenthe.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FoldersTest {
  @TempDir Path parent;

  @Test
  void aFolderAppearsWhole() throws IOException {
    Path folder = parent.resolve("model");
    Folders.write(
        folder,
        part -> {
          assertFalse(Files.exists(folder));
          Files.writeString(part.resolve("a"), "1");
        });
    assertEquals("1", Files.readString(folder.resolve("a")));
    assertEquals(List.of(folder), entries(parent));
  }

  @Test
  void anEmptyFolderIsFilled() throws IOException {
    Path folder = Files.createDirectory(parent.resolve("model"));
    Folders.write(folder, part -> Files.writeString(part.resolve("a"), "1"));
    assertEquals(List.of(folder.resolve("a")), entries(folder));
  }

  /** As a mount point must, which no other folder can take the place of. */
  @Test
  void anEmptyFolderBehindALinkStaysTheOneItIs() throws IOException {
    Path folder = Files.createDirectory(parent.resolve("folder"));
    Path link = Files.createSymbolicLink(parent.resolve("link"), folder);
    Object before = Files.readAttributes(folder, BasicFileAttributes.class).fileKey();
    Folders.write(
        link,
        part -> {
          Files.writeString(part.resolve("a"), "1");
          Files.createDirectory(part.resolve("b"));
        });
    assertEquals(before, Files.readAttributes(folder, BasicFileAttributes.class).fileKey());
    assertTrue(Files.isSymbolicLink(link));
    assertEquals(Set.of(folder.resolve("a"), folder.resolve("b")), Set.copyOf(entries(folder)));
    Path other = Files.createDirectory(parent.resolve("other"));
    assertThrows(
        IOException.class,
        () ->
            Folders.write(
                other,
                part -> {
                  Files.writeString(part.resolve("a"), "half of");
                  throw new IOException("disk full");
                }));
    assertEquals(List.of(), entries(other));
  }

  /** Whatever moves up, the folder it comes from is there until all has. */
  @Test
  void aFolderThatIsFilledTellsSoUntilItIsWhole() throws IOException {
    Path folder = Files.createDirectory(parent.resolve("model"));
    assertFalse(Folders.isUnfinished(folder));
    Path[] inner = new Path[1];
    Folders.write(
        folder,
        part -> {
          inner[0] = part;
          Files.writeString(part.resolve("a"), "1");
          assertTrue(Folders.isUnfinished(folder));
        });
    assertFalse(Folders.isUnfinished(folder));
    Files.createDirectory(inner[0]); // as after a kill
    assertTrue(Folders.isUnfinished(folder));
    assertFalse(Folders.isUnfinished(folder.resolve("a")));
    assertFalse(Folders.isUnfinished(parent.resolve("nothing")));
  }

  @Test
  void nothingIsLeftIfFillingFails() throws IOException {
    assertThrows(
        IOException.class,
        () ->
            Folders.write(
                parent.resolve("model"),
                part -> {
                  Files.writeString(part.resolve("a"), "half of");
                  throw new IOException("disk full");
                }));
    assertEquals(List.of(), entries(parent));
  }

  @Test
  void aFolderThatHoldsSomethingIsNotReplaced() throws IOException {
    Path folder = Files.createDirectory(parent.resolve("model"));
    Files.writeString(folder.resolve("mine"), "1");
    assertThrows(IOException.class, () -> Folders.write(folder, part -> {}));
    assertEquals(List.of(folder.resolve("mine")), entries(folder));
    assertEquals(List.of(folder), entries(parent));
  }

  @Test
  void onlyMissingAndEmptyFoldersAreFree() throws IOException {
    Path folder = parent.resolve("model");
    assertTrue(Folders.isFree(folder));
    Files.createDirectory(folder);
    assertTrue(Folders.isFree(folder));
    Path file = Files.writeString(folder.resolve("mine"), "1");
    assertFalse(Folders.isFree(folder));
    assertFalse(Folders.isFree(file));
    Path dangling = Files.createSymbolicLink(parent.resolve("dangling"), parent.resolve("none"));
    assertFalse(Folders.isFree(dangling));
  }

  @Test
  void deletesAllThatAFolderHolds() throws IOException {
    Path folder = Files.createDirectories(parent.resolve("a/b/c")).getParent().getParent();
    Files.writeString(folder.resolve("b/file"), "1");
    Folders.delete(folder);
    Folders.delete(folder);
    assertEquals(List.of(), entries(parent));
  }

  private static List<Path> entries(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.toList();
    }
  }
}
