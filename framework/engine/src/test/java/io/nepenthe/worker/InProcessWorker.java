package io.nepenthe.worker;

import io.nepenthe.exchange.WorkerAnswer;
import io.nepenthe.exchange.WorkerRequest;
import io.nepenthe.host.WorkerLoop;
import io.nepenthe.json.Json;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Scanner;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A worker that shares this JVM with the judge, and nothing else but the lines of JSON. */
public final class InProcessWorker implements WorkerConnection {
  private final BlockingQueue<String> requests = new LinkedBlockingQueue<>();
  private final BlockingQueue<WorkerAnswer> answers = new LinkedBlockingQueue<>();

  /** Starts it. */
  public InProcessWorker() {
    try {
      PipedInputStream lines = new PipedInputStream();
      PrintStream out = new PrintStream(new PipedOutputStream(lines), true, StandardCharsets.UTF_8);
      start("in-process-worker", () -> new WorkerLoop(out, "", requests).run());
      start("in-process-answers", () -> read(new Scanner(lines, StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private interface Work {
    void run() throws IOException;
  }

  private void start(String name, Work work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            },
            name);
    thread.setDaemon(true);
    thread.start();
  }

  private void read(Scanner lines) throws IOException {
    while (lines.hasNextLine()) {
      answers.add(Json.mapper().readValue(lines.nextLine(), WorkerAnswer.class));
    }
  }

  @Override
  public void send(WorkerRequest request) {
    requests.add(Json.line(request));
  }

  @Override
  public @Nullable WorkerAnswer receive(Duration timeout) throws InterruptedException {
    return answers.poll(timeout.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public void close() {}
}
