package io.nepenthe.worker;

import io.nepenthe.json.Json;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import io.nepenthe.wording.Words;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The judge's end of a worker: starts the JVM, sends requests, reads answers, ends it. */
final class WorkerProcess implements WorkerConnection {
  private static final int LONGEST_ANSWER = 1 << 20;

  /** What a JVM prints to standard output that was told to exit on it. */
  private static final String OUT_OF_MEMORY = "Terminating due to java.lang.OutOfMemoryError";

  private final StartedProcesses started = new StartedProcesses();
  private final Process process;
  private final Writer requests;
  private final BlockingQueue<Optional<WorkerAnswer>> answers = new LinkedBlockingQueue<>();
  private final String token = UUID.randomUUID().toString();
  private volatile String endedBecause = "";

  /**
   * Starts a worker with this process's class path and Java.
   *
   * @param threads threads one operator may use
   * @param log file that receives what the worker prints
   * @param javaOptions further options of the JVM
   */
  WorkerProcess(int threads, Path log, List<String> javaOptions) {
    try {
      Path folder = log.toAbsolutePath().getParent();
      Files.createDirectories(folder);
      ProcessBuilder builder = new ProcessBuilder(command(threads, folder, javaOptions));
      speakEnglish(builder.environment());
      started.mark(builder);
      process = builder.redirectError(ProcessBuilder.Redirect.appendTo(log.toFile())).start();
    } catch (IOException e) {
      throw new NepentheException(ErrorCode.IO, "cannot start a worker (" + e + ")", e);
    }
    requests = process.outputWriter(StandardCharsets.UTF_8);
    Thread reader = new Thread(this::read, "worker-answers");
    reader.setDaemon(true);
    reader.start();
  }

  /** What the system says of a failure is told from a method's own words; names of files stay. */
  private static void speakEnglish(Map<String, String> environment) {
    String all = environment.remove("LC_ALL");
    if (all != null && !all.isEmpty()) {
      environment.put("LC_CTYPE", all);
    }
    environment.remove("LANGUAGE");
    environment.put("LC_MESSAGES", "C");
  }

  private List<String> command(int threads, Path folder, List<String> javaOptions) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(WorkerJvm.options(threads, folder, javaOptions));
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), WorkerMain.class.getName(), token));
    return command;
  }

  private void read() {
    try (BufferedReader in = process.inputReader(StandardCharsets.UTF_8)) {
      BoundedLines lines = new BoundedLines(in, LONGEST_ANSWER);
      for (String line = lines.next(); line != null; line = lines.next()) {
        if (line.startsWith(token)) {
          answers.add(Optional.of(answer(line.substring(token.length()))));
        } else if (line.startsWith(OUT_OF_MEMORY)) {
          endedBecause =
              "the worker ran out of memory: give it more by a larger -Xmx in"
                  + " NEPENTHE_WORKER_JAVA_OPTS";
        }
      }
    } catch (IOException | RuntimeException e) {
      end("the worker gave an answer that is none (" + Words.line(e.getMessage()) + ")");
    } finally {
      answers.add(Optional.empty());
    }
  }

  private static WorkerAnswer answer(String json) throws IOException {
    WorkerAnswer answer = Json.mapper().readValue(json, WorkerAnswer.class);
    if (answer == null) {
      throw new IOException("null");
    }
    return answer;
  }

  private void end(String why) {
    if (process.isAlive()) {
      endedBecause = why;
      process.destroyForcibly();
    }
  }

  @Override
  public void send(WorkerRequest request) {
    try {
      requests.write(Json.line(request) + "\n");
      requests.flush();
    } catch (IOException e) {
      // it is gone, or reads no more: the next receive says so
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
      throw death();
    }
    return answer.get();
  }

  /** The process has ended, or has closed the stream of its answers. */
  private WorkerDiedException death() throws InterruptedException {
    if (!process.waitFor(5, TimeUnit.SECONDS)) {
      end("the worker closed its standard output");
      process.waitFor();
    }
    return endedBecause.isEmpty()
        ? WorkerDiedException.of(process.exitValue())
        : new WorkerDiedException(endedBecause, Workers.Ending.DIED);
  }

  /** Ends the process and all that it started at once, and waits until it is gone. */
  @Override
  public void close() {
    started.end(process.toHandle());
    try {
      process.waitFor(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
