package io.nepenthe.worker;

import io.nepenthe.corpus.CorpusPlaces;
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

/** The judge's end of a worker: starts the JVM, sends requests, reads answers, ends it. */
public final class WorkerProcess implements AutoCloseable {
  private static final int OUT_OF_MEMORY_EXIT_CODE = 3;
  private static final int INTERRUPTED_EXIT_CODE = 130;
  private static final int KILLED_EXIT_CODE = 137;
  private static final int TERMINATED_EXIT_CODE = 143;

  private final Process process;
  private final Writer requests;
  private final BlockingQueue<Optional<WorkerAnswer>> answers = new LinkedBlockingQueue<>();
  private final String token = UUID.randomUUID().toString();

  /**
   * How workers are started.
   *
   * @param threads threads one operator may use
   * @param log file that receives what the worker prints
   * @param javaOptions further options of the JVM
   */
  public record Settings(int threads, Path log, List<String> javaOptions) {
    /** Copies the list. */
    public Settings {
      javaOptions = List.copyOf(javaOptions);
    }
  }

  /** Starts a worker with this process's class path and Java. */
  public WorkerProcess(Settings settings) {
    try {
      Files.createDirectories(settings.log().toAbsolutePath().getParent());
      process =
          new ProcessBuilder(command(settings))
              .redirectError(ProcessBuilder.Redirect.appendTo(settings.log().toFile()))
              .start();
    } catch (IOException e) {
      throw new NepentheException(ErrorCode.IO, "cannot start a worker (" + e + ")", e);
    }
    requests = process.outputWriter(StandardCharsets.UTF_8);
    Thread reader = new Thread(this::read, "worker-answers");
    reader.setDaemon(true);
    reader.start();
  }

  private List<String> command(Settings settings) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-XX:+UseSerialGC",
            "-XX:+ExitOnOutOfMemoryError",
            "-XX:TieredStopAtLevel=1",
            "-Xshare:auto",
            "-Xmx2g",
            "-Dai.djl.offline=true",
            "-DOPT_OUT_TRACKING=true",
            "-Dai.djl.pytorch.num_threads=" + settings.threads(),
            "-Dai.djl.pytorch.num_interop_threads=1"));
    command.addAll(CorpusPlaces.javaOptions());
    command.addAll(settings.javaOptions());
    command.addAll(
        List.of(
            "-cp",
            System.getProperty("java.class.path"),
            WorkerMain.class.getName(),
            token,
            Integer.toString(settings.threads())));
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

  /** Sends a request; if the worker is gone, the next {@link #receive} says so. */
  public void send(WorkerRequest request) {
    try {
      requests.write(Json.line(request) + "\n");
      requests.flush();
    } catch (IOException e) {
      process.destroyForcibly();
    }
  }

  /**
   * Waits for the next answer.
   *
   * @return null if none came in time
   * @throws WorkerDiedException if the process ended
   */
  public @org.jspecify.annotations.Nullable WorkerAnswer receive(Duration timeout)
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
      return "the worker ran out of memory (exit code 3)";
    }
    return code > 128
        ? "the worker was ended by signal " + (code - 128)
        : "the worker process ended with exit code " + code;
  }

  /** Returns true while the process runs. */
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

  /** The worker's process ended before its answer. */
  public static final class WorkerDiedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int exitCode;

    WorkerDiedException(String message, int exitCode) {
      super(message);
      this.exitCode = exitCode;
    }

    /**
     * Returns true if the process was ended by a signal that no process sends itself by mistake.
     */
    boolean wasKilled() {
      return exitCode == KILLED_EXIT_CODE;
    }

    /** Returns true if someone asked the process to end, as Ctrl-C asks every process of a run. */
    boolean wasInterrupted() {
      return exitCode == INTERRUPTED_EXIT_CODE || exitCode == TERMINATED_EXIT_CODE;
    }
  }
}
