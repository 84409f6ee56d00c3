package io.nepenthe.runstore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunLockTest {
  @TempDir private Path folder;

  private void assertInUse() {
    NepentheException e = assertThrows(NepentheException.class, () -> RunLock.take(folder));
    assertEquals(ErrorCode.IO, e.code());
    assertEquals(
        "another run is using " + folder + ". Wait for it, or give another --out folder.",
        e.getMessage());
  }

  @Test
  void aFolderIsHeldUntilItIsGivenBack() {
    try (RunLock lock = RunLock.take(folder)) {
      assertNotNull(lock);
      assertInUse();
    }
    RunLock.take(folder).close();
  }

  @Test
  void theLockIsThatOfTheFileSystemSoThatOtherProcessesSeeIt() throws IOException {
    try (FileChannel channel =
            FileChannel.open(
                folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock theirs = channel.lock()) {
      assertNotNull(theirs);
      assertInUse();
    }
  }

  @Test
  void aFolderThatIsNotThereCannotBeHeld() {
    NepentheException e =
        assertThrows(NepentheException.class, () -> RunLock.take(folder.resolve("none")));
    assertEquals(ErrorCode.IO, e.code());
  }
}
