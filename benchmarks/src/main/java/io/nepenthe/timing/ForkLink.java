package io.nepenthe.timing;

import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** The judge's end of a talk between JMH and a fork without network. */
final class ForkLink implements AutoCloseable {
  private static final String PORT = "jmh.link.port";

  private final ForkPipes pipes;
  private final int port;
  private final Thread thread;

  private ForkLink(ForkPipes pipes, int port) {
    this.pipes = pipes;
    this.port = port;
    this.thread = new Thread(this::join, "fork-link");
    thread.setDaemon(true);
    thread.start();
  }

  /** Waits for the fork that JMH starts next. */
  static ForkLink open(ForkPipes pipes) throws IOException {
    pipes.make();
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    System.setProperty(PORT, Integer.toString(port)); // where JMH listens
    return new ForkLink(pipes, port);
  }

  private void join() {
    try (InputStream fork = new FileInputStream(pipes.toJudge().toFile())) {
      int first = fork.read(); // a fork that ends before it says anything is none to JMH
      if (first < 0) {
        return;
      }
      try (Socket jmh = new Socket(InetAddress.getLoopbackAddress(), port)) {
        FileOutputStream answers = new FileOutputStream(pipes.toFork().toFile());
        InputStream said = jmh.getInputStream();
        Thread answering = new Thread(() -> ForkPipes.pass(said, answers), "fork-link-answers");
        answering.setDaemon(true);
        answering.start();
        jmh.getOutputStream().write(first);
        ForkPipes.pass(fork, jmh.getOutputStream());
      }
    } catch (IOException e) {
      // JMH or the fork is gone: JMH says so
    }
  }

  @Override
  public void close() throws IOException {
    System.clearProperty(PORT);
    if (thread.isAlive()) {
      // wakes who still waits for a fork; on Linux, opening to read and write waits for nobody
      new RandomAccessFile(pipes.toJudge().toFile(), "rw").close();
    }
  }
}
