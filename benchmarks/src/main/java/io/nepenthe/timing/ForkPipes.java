package io.nepenthe.timing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * Two named pipes in a folder that judge and fork see, one for each direction: how a fork that has
 * no network talks with JMH. Both ends open the one to the judge first.
 *
 * @param folder where they are
 */
record ForkPipes(Path folder) {
  private static final int SECONDS_TO_MAKE = 10;

  Path toJudge() {
    return folder.resolve("to-judge");
  }

  Path toFork() {
    return folder.resolve("to-fork");
  }

  /** Makes them, which Java has no words for. */
  void make() throws IOException {
    Process made =
        new ProcessBuilder("mkfifo", "-m", "600", toJudge().toString(), toFork().toString())
            .redirectErrorStream(true)
            .start();
    try {
      if (!made.waitFor(SECONDS_TO_MAKE, TimeUnit.SECONDS) || made.exitValue() != 0) {
        throw new IOException("mkfifo cannot make pipes in " + folder);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } finally {
      made.destroyForcibly();
    }
  }

  /** Passes on what comes, at once, until there is no more, or nobody to take it. */
  static void pass(InputStream from, OutputStream to) {
    byte[] buffer = new byte[1 << 16];
    try (from;
        to) {
      for (int read = from.read(buffer); read >= 0; read = from.read(buffer)) {
        to.write(buffer, 0, read);
        to.flush();
      }
    } catch (IOException e) {
      // one of the two is gone: JMH says so
    }
  }
}
