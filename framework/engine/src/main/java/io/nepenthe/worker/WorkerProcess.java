package io.nepenthe.worker;

import io.nepenthe.json.Json;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The judge's end of a worker: starts the JVM, sends requests, reads answers, ends it. */
final class WorkerProcess implements WorkerConnection {
  private static final int OUT_OF_MEMORY_EXIT_CODE = 3;

  private final Process process;
  private final Writer requests;
  private final BlockingQueue<Optional<WorkerAnswer>> answers = new LinkedBlockingQueue<>();
  private final String token = UUID.randomUUID().toString();

  /**
   * Starts a worker with this process's class path and Java.
   *
   * @param threads threads one operator may use
   * @param log file that receives what the worker prints
   * @param javaOptions further options of the JVM
   */
  WorkerProcess(int threads, Path log, List<String> javaOptions) {
    try {
      Files.createDirectories(log.toAbsolutePath().getParent());
      process =
          new ProcessBuilder(command(threads, javaOptions))
              .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
              .start();
    } catch (IOException e) {
      throw new NepentheException(ErrorCode.IO, "cannot start a worker (" + e + ")", e);
    }
    requests = process.outputWriter(StandardCharsets.UTF_8);
    Thread reader = new Thread(this::read, "worker-answers");
    reader.setDaemon(true);
    reader.start();
  }

  private List<String> command(int threads, List<String> javaOptions) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(WorkerJvm.options(threads, javaOptions));
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), WorkerMain.class.getName(), token));
    return command;
  }

  private void read() {
    try (BufferedReader in = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        if (line.startsWith(token)) {
          answers.add(
              Optional.of(
                  Json.mapper().readValue(line.substring(token.length()), WorkerAnswer.class)));
        }
      }
    } catch (IOException e) {
      process.destroyForcibly(); // the stream is cut, or an answer is no JSON
    }
    answers.add(Optional.empty());
  }

  @Override
  public void send(WorkerRequest request) {
    try {
      requests.write(Json.line(request) + "\n");
      requests.flush();
    } catch (IOException e) {
      process.destroyForcibly();
    }
  }

  @Override
  public @Nullable WorkerAnswer receive(Duration timeout)
      throws InterruptedException, WorkerDiedException {
    Optional<WorkerAnswer> answer = answers.poll(timeout.toMillis(), TimeUnit.MILLISECONDS);
    if (answer == null) {
      return null;
    }
    if (answer.isEmpty()) {
      String lastWords = lastWords();
      throw new WorkerDiedException(lastWords, process.exitValue());
    }
    return answer.get();
  }

  private String lastWords() throws InterruptedException {
    if (!process.waitFor(5, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
    }
    int code = process.exitValue();
    if (code == OUT_OF_MEMORY_EXIT_CODE) {
      return "the worker ran out of memory (exit code 3): give it more by a larger -Xmx in"
          + " NEPENTHE_WORKER_JAVA_OPTS";
    }
    return code > 128
        ? "the worker was ended by signal " + (code - 128)
        : "the worker process ended with exit code " + code;
  }

  @Override
  public boolean isAlive() {
    return process.isAlive();
  }

  /** Ends the process at once and waits until it is gone. */
  @Override
  public void close() {
    process.destroyForcibly();
    try {
      process.waitFor(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
