package io.nepenthe.host;

import io.nepenthe.exchange.WorkerRequest;
import io.nepenthe.json.Json;
import java.io.BufferedReader;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;

/**
 * The process in which plugin code runs, for one request. Reads a token and then the request from
 * standard input; answers on a pipe that it inherits beside the standard streams, one JSON line
 * each, marked with the token so that nothing else written there is mistaken for an answer. Ends
 * when standard input does: a worker never outlives its judge.
 */
public final class WorkerMain {
  /** The descriptor that a worker finds its answers' pipe at. */
  public static final int DESCRIPTOR = 3;

  private static final String ANSWERS = "/dev/fd/" + DESCRIPTOR;

  private WorkerMain() {}

  /**
   * Runs until standard input ends.
   *
   * @param arguments none
   */
  public static void main(String[] arguments) throws IOException {
    PrintStream answers =
        new PrintStream(new FileOutputStream(ANSWERS), true, StandardCharsets.UTF_8);
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    String token = in.readLine();
    System.setIn(InputStream.nullInputStream());
    BlockingQueue<String> requests = new LinkedBlockingQueue<>();
    Thread reader = new Thread(() -> read(in, requests), "requests");
    reader.setDaemon(true);
    reader.start();
    new WorkerLoop(answers, token, requests).run();
    while (true) { // until the judge ends this process: then it still sees what was started here
      LockSupport.park(reader);
      Thread.interrupted(); // a plugin's doing
    }
  }

  private static void read(BufferedReader in, BlockingQueue<String> requests) {
    try (in) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        requests.add(line);
      }
    } catch (IOException e) {
      // the judge is gone: the same as the end of its requests
    }
    ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
    Runtime.getRuntime().halt(0);
  }

  static WorkerRequest parse(String line) throws IOException {
    return Json.mapper().readValue(line, WorkerRequest.class);
  }
}
