package io.nepenthe.timing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.DataInputStream;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The judge's end: what a fork writes reaches JMH, and what JMH answers reaches the fork. */
@Timeout(30)
class ForkLinkTest {
  @TempDir private Path folder;

  @Test
  void whatEitherSaysReachesTheOther() throws Exception {
    ForkPipes pipes = new ForkPipes(folder);
    ForkLink link = ForkLink.open(pipes);
    try (ServerSocket jmh =
        new ServerSocket(
            Integer.getInteger("jmh.link.port"), 1, InetAddress.getLoopbackAddress())) {
      OutputStream toJudge = new FileOutputStream(pipes.toJudge().toFile());
      toJudge.write("hello".getBytes(StandardCharsets.UTF_8));
      toJudge.flush();
      try (Socket fork = jmh.accept();
          DataInputStream toFork =
              new DataInputStream(new FileInputStream(pipes.toFork().toFile()))) {
        InputStream heard = fork.getInputStream();
        assertEquals("hello", new String(heard.readNBytes(5), StandardCharsets.UTF_8));
        fork.getOutputStream().write("yes".getBytes(StandardCharsets.UTF_8));
        byte[] answer = new byte[3];
        toFork.readFully(answer);
        assertEquals("yes", new String(answer, StandardCharsets.UTF_8));
        toJudge.close();
        assertEquals(-1, heard.read());
      }
    } finally {
      link.close();
    }
    assertNull(System.getProperty("jmh.link.port"));
  }

  @Test
  void aForkThatNeverCameIsNotWaitedFor() throws Exception {
    ForkLink.open(new ForkPipes(folder)).close();
    assertNull(System.getProperty("jmh.link.port"));
  }
}
