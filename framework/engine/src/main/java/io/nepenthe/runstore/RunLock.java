package io.nepenthe.runstore;

import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The right to write into a run's folder: held by one command at a time, from its first file to its
 * last. The system gives it back when the process ends, however it ends.
 */
public final class RunLock implements AutoCloseable {
  private final Path folder;
  private final FileChannel channel;

  private RunLock(Path folder, FileChannel channel) {
    this.folder = folder;
    this.channel = channel;
  }

  /**
   * Takes the lock of a folder that is there.
   *
   * @throws NepentheException with IO if another command holds it, of this process or of another
   */
  public static RunLock take(Path folder) {
    try {
      FileChannel channel =
          FileChannel.open(
              folder.resolve(RunFolder.LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      RunLock lock = new RunLock(folder, channel);
      if (!lock.isFree()) {
        channel.close();
        throw new NepentheException(
            ErrorCode.IO,
            "another run is using " + folder + ". Wait for it, or give another --out folder.");
      }
      return lock;
    } catch (IOException e) {
      throw new NepentheException(ErrorCode.IO, "cannot write to " + folder + " (" + e + ")", e);
    }
  }

  private boolean isFree() throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  /** Gives the folder back. */
  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new NepentheException(ErrorCode.IO, "cannot write to " + folder + " (" + e + ")", e);
    }
  }
}
