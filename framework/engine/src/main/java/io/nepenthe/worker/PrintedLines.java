package io.nepenthe.worker;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;

/** Copies what a worker prints to a log, the beginning of it: a disk is no place for a flood. */
final class PrintedLines {
  private static final long MOST_BYTES = 16L << 20;
  private static final String CUT = "\n[more was printed, and is left out]\n";

  /** What a JVM prints that was told to exit on it. */
  private static final String OUT_OF_MEMORY = "Terminating due to java.lang.OutOfMemoryError";

  private final Thread copier;
  private volatile boolean ranOutOfMemory;

  PrintedLines(InputStream in, Path log) throws IOException {
    OutputStream out =
        Files.newOutputStream(log, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    copier = new Thread(() -> copy(in, out), "worker-prints");
    copier.setDaemon(true);
    copier.start();
  }

  private void copy(InputStream in, OutputStream out) {
    byte[] buffer = new byte[1 << 16];
    long left = MOST_BYTES;
    try (in;
        out) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        ranOutOfMemory |=
            new String(buffer, 0, read, StandardCharsets.ISO_8859_1).contains(OUT_OF_MEMORY);
        int kept = (int) Math.min(read, left);
        out.write(buffer, 0, kept);
        if (kept < read && left > 0) {
          out.write(CUT.getBytes(StandardCharsets.UTF_8));
        }
        left -= kept;
      }
    } catch (IOException e) {
      // it was ended, or the disk is full: who reads answers says so
    }
  }

  /** Returns why the worker ended, where its JVM said so; it has ended. */
  String whyEnded() throws InterruptedException {
    copier.join(TimeUnit.SECONDS.toMillis(1)); // a process that it left behind may print on
    return ranOutOfMemory
        ? "the worker ran out of memory: give it more by a larger -Xmx in"
            + " NEPENTHE_WORKER_JAVA_OPTS"
        : "";
  }
}
