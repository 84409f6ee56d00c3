package io.nepenthe.worker;

import io.nepenthe.json.Json;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;

/**
 * The process in which plugin code runs, for one request. Reads it from standard input, answers on
 * standard output, one JSON line each, marked with a token so that nothing else printed there is
 * mistaken for an answer. Ends when standard input does: a worker never outlives its judge.
 */
public final class WorkerMain {
  private WorkerMain() {}

  /**
   * Runs until standard input ends.
   *
   * @param arguments the token
   */
  public static void main(String[] arguments) throws IOException {
    PrintStream answers =
        new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    System.setOut(System.err); // whatever a plugin prints is no answer
    BlockingQueue<String> requests = new LinkedBlockingQueue<>();
    Thread reader = new Thread(() -> read(requests), "requests");
    reader.setDaemon(true);
    reader.start();
    new WorkerLoop(answers, arguments[0], requests).run();
    while (true) { // until the judge ends this process: then it still sees what was started here
      LockSupport.park(reader);
      Thread.interrupted(); // a plugin's doing
    }
  }

  private static void read(BlockingQueue<String> requests) {
    try (BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
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
