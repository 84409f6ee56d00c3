package io.nepenthe.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrintedLinesTest {
  @TempDir private Path folder;

  private static InputStream bytes(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void aFloodLeavesItsBeginningAndAWord() throws Exception {
    Path log = folder.resolve("workers.log");
    InputStream flood = new ByteArrayInputStream(new byte[(16 << 20) + 5]);
    new PrintedLines(new SequenceInputStream(bytes("first"), flood), log).whyEnded();
    String kept = Files.readString(log);
    assertTrue(kept.startsWith("first"));
    assertTrue(kept.endsWith("[more was printed, and is left out]\n"));
    assertTrue(kept.length() < (16 << 20) + 50);
  }

  @Test
  void theWordsOfAJvmWithoutHeapAreFound() throws Exception {
    String words = "Terminating due to java.lang.OutOfMemoryError: Java heap space\n";
    assertTrue(
        new PrintedLines(bytes(words), folder.resolve("a.log"))
            .whyEnded()
            .startsWith("the worker ran out of memory"));
    assertEquals("", new PrintedLines(bytes("a word"), folder.resolve("a.log")).whyEnded());
  }
}
