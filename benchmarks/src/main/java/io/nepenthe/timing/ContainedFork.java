package io.nepenthe.timing;

import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * A fork of JMH that has no network: JMH's own main class is given a socket of the sandbox, and
 * what it says there goes to the judge through pipes.
 */
final class ContainedFork {
  /** The class that JMH starts its forks with. */
  static final String JMH = "org.openjdk.jmh.runner.ForkedMain";

  /** Property that names the folder of the pipes. */
  static final String PIPES = "nepenthe.fork.pipes";

  private static final long MILLIS_FOR_THE_LAST_WORDS = TimeUnit.SECONDS.toMillis(10);

  private final ForkPipes pipes = new ForkPipes(Path.of(System.getProperty(PIPES)));
  private final ServerSocket server;

  private ContainedFork(ServerSocket server) {
    this.server = server;
  }

  /**
   * Runs it.
   *
   * @param arguments JMH's: host and port of its judge
   */
  public static void main(String[] arguments) throws Exception {
    InetAddress host = InetAddress.getByName(arguments[0]);
    ContainedFork fork =
        new ContainedFork(new ServerSocket(Integer.parseInt(arguments[1]), 1, host));
    Thread link = new Thread(fork::join, "judge-link");
    link.setDaemon(true);
    link.start();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> await(link), "judge-link-end"));
    Method main = Class.forName(JMH).getDeclaredMethod("main", String[].class);
    main.setAccessible(true);
    main.invoke(null, (Object) arguments);
  }

  private void join() {
    try (server;
        Socket jmh = server.accept()) {
      FileOutputStream judge = new FileOutputStream(pipes.toJudge().toFile());
      InputStream said = jmh.getInputStream();
      int first = said.read();
      judge.write(first);
      judge.flush();
      FileInputStream answers = new FileInputStream(pipes.toFork().toFile());
      Thread listening =
          new Thread(
              () -> {
                try {
                  ForkPipes.pass(answers, jmh.getOutputStream());
                } catch (IOException e) {
                  // JMH is gone
                }
              },
              "judge-link-answers");
      listening.setDaemon(true);
      listening.start();
      ForkPipes.pass(said, judge);
    } catch (IOException e) {
      // the judge is gone, and ends this process
    }
  }

  private static void await(Thread link) {
    try {
      link.join(MILLIS_FOR_THE_LAST_WORDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
