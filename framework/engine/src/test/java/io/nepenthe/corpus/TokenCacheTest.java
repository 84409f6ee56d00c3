package io.nepenthe.corpus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nepenthe.protocol.ContentHash;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import io.nepenthe.task.TokenIds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenCacheTest {
  @TempDir private Path folder;

  private TokenCache cache() {
    return new TokenCache(folder, line -> {});
  }

  @Test
  void keepsIdsOfSixteenBits() {
    TokenIds ids =
        cache()
            .get(
                cache().file("c", "x"),
                IdWidth.TWO,
                writer -> {
                  writer.add(0, 1, 50256);
                  writer.add();
                  writer.add(65535);
                });
    assertEquals(4, ids.size());
    assertEquals(List.of(0, 1, 50256, 65535), all(ids));
  }

  @Test
  void keepsIdsOfThirtyTwoBits() throws IOException {
    Path file = cache().file("c", "x");
    IdWidth width = IdWidth.of(65_537);
    TokenIds ids = cache().get(file, width, writer -> writer.add(0, 65_535, 65_536, 151_935));
    assertEquals(64 + 4 * Integer.BYTES, Files.size(file));
    assertEquals(List.of(0, 65_535, 65_536, 151_935), all(ids));
    TokenIds again =
        cache()
            .get(
                file,
                width,
                writer -> {
                  throw new AssertionError("made again");
                });
    assertEquals(ids.hash(), again.hash());
    assertEquals(IdWidth.TWO, IdWidth.of(65_536));
  }

  private static List<Integer> all(TokenIds ids) {
    return IntStream.range(0, ids.size()).mapToObj(ids::id).toList();
  }

  /** SHA-256 of the ids as little-endian 16-bit numbers, whatever blocks they came in. */
  @Test
  void theHashIsThatOfTheIds() {
    TokenIds ids =
        cache().get(cache().file("c", "x"), IdWidth.TWO, writer -> writer.add(0x0102, 0x0304));
    assertEquals(HexFormat.of().formatHex(ContentHash.digest(new byte[] {2, 1, 4, 3})), ids.hash());
  }

  @Test
  void ofManyThatWantTheSameOneMakesIt() throws Exception {
    AtomicInteger made = new AtomicInteger();
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<TokenIds>> all =
          IntStream.range(0, 8)
              .mapToObj(
                  i ->
                      threads.submit(
                          () ->
                              cache()
                                  .get(
                                      cache().file("c", "x"),
                                      IdWidth.TWO,
                                      writer -> {
                                        made.incrementAndGet();
                                        writer.add(7);
                                      })))
              .toList();
      for (Future<TokenIds> one : all) {
        assertEquals(7, one.get().id(0));
      }
    } finally {
      threads.shutdown();
    }
    assertEquals(1, made.get());
  }

  @Test
  void aFailureLeavesNoFile() throws IOException {
    assertThrows(
        NepentheException.class,
        () ->
            cache()
                .get(
                    cache().file("c", "x"),
                    IdWidth.TWO,
                    writer -> {
                      writer.add(7);
                      throw BadData.of("no text");
                    }));
    try (Stream<Path> files = Files.list(folder)) {
      assertTrue(files.allMatch(file -> file.toString().endsWith(".lock")));
    }
  }

  @Test
  void whatKilledProcessesLeftIsDeleted() throws IOException {
    Path own = cache().file("c", "x");
    Path other = cache().file("d", "y");
    cache().get(other, IdWidth.TWO, writer -> writer.add(7)); // its lock file stays
    Path foreign = Files.writeString(folder.resolve(".none.tokens.1.part"), "no lock file");
    for (Path file : List.of(own, other)) {
      Files.writeString(folder.resolve("." + file.getFileName() + ".1-2-3.part"), "half");
    }
    cache().get(own, IdWidth.TWO, writer -> writer.add(7));
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(
          List.of(foreign), files.filter(file -> file.toString().endsWith(".part")).toList());
    }
  }

  @Test
  void aFolderThatCannotBeWrittenIsNamed() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    TokenCache cache = new TokenCache(file, line -> {});
    NepentheException e =
        assertThrows(
            NepentheException.class,
            () -> cache.get(cache.file("c", "x"), IdWidth.TWO, writer -> {}));
    assertEquals(ErrorCode.IO, e.code());
    assertTrue(e.getMessage().contains(file.toString()), e.getMessage());
  }

  /** The version is a number of the header; only what a program may come to is one of a program. */
  @Test
  void aFileOfANewerProgramIsLeftAlone() throws IOException {
    Path file = cache().file("c", "x");
    cache().get(file, IdWidth.TWO, writer -> writer.add(7));
    byte[] bytes = Files.readAllBytes(file);
    bytes[8] = 3;
    Files.write(file, bytes);
    NepentheException e =
        assertThrows(NepentheException.class, () -> cache().get(file, IdWidth.TWO, writer -> {}));
    assertTrue(e.getMessage().contains("made by a newer Nepenthe"), e.getMessage());
    assertEquals(3, Files.readAllBytes(file)[8]);
  }

  @Test
  void aFolderInTheWayIsSetAside() throws IOException {
    Path file = cache().file("c", "x");
    Files.createDirectories(file.resolve("of-someone"));
    assertEquals(7, cache().get(file, IdWidth.TWO, writer -> writer.add(7)).id(0));
    try (Stream<Path> files = Files.list(folder)) {
      assertTrue(files.anyMatch(aside -> Files.isDirectory(aside.resolve("of-someone"))));
    }
  }
}
