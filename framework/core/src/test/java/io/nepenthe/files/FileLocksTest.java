package io.nepenthe.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FileLocksTest {
  @TempDir private Path folder;
  private final AtomicInteger said = new AtomicInteger();

  private FileChannel channel() throws IOException {
    return FileChannel.open(
        folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
  }

  @Test
  void aFreeLockIsTakenWithoutAWord() throws IOException {
    try (FileChannel channel = channel();
        FileLock lock = FileLocks.await(channel, said::incrementAndGet)) {
      assertTrue(lock.isValid());
      assertEquals(0, said.get());
    }
  }

  @Test
  void whoeverWaitsSaysSoAndGoesOnWaiting() throws IOException {
    AtomicInteger tries = new AtomicInteger();
    try (FileChannel channel = channel();
        FileLock lock =
            FileLocks.await(
                () -> tries.incrementAndGet() < 13 ? null : channel.tryLock(),
                said::incrementAndGet)) {
      assertTrue(lock.isValid());
      assertEquals(13, tries.get());
      assertEquals(1, said.get());
    }
  }

  @Test
  void anInterruptEndsTheWaiting() {
    Thread.currentThread().interrupt();
    assertThrows(InterruptedIOException.class, () -> FileLocks.await(() -> null, () -> {}));
    assertTrue(Thread.interrupted());
  }
}
