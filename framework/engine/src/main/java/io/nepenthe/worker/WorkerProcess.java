package io.nepenthe.worker;

import io.nepenthe.exchange.WorkerAnswer;
import io.nepenthe.exchange.WorkerRequest;
import io.nepenthe.files.Folders;
import io.nepenthe.host.WorkerMain;
import io.nepenthe.json.Json;
import io.nepenthe.machine.MemoryWatch;
import io.nepenthe.machine.ResidentMemory;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import io.nepenthe.runstore.RunFolder;
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
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The judge's end of a worker: starts the JVM, sends a request, reads answers, ends it. Answers
 * come on a pipe of their own; what is printed goes to a log.
 */
final class WorkerProcess implements WorkerConnection {
  private static final int LONGEST_ANSWER = 1 << 20;

  /** More wait in the pipe, and so does who writes them. */
  private static final int MOST_ANSWERS = 256;

  /** What the shell passes on as the answers' pipe; what is printed goes to standard error. */
  private static final String SHELL =
      "ulimit -c 0; exec %d>&1 1>&2; exec \"$@\"".formatted(WorkerMain.DESCRIPTOR);

  private final StartedProcesses started = new StartedProcesses();
  private final Path own;
  private final Process process;
  private final Writer requests;
  private final Thread reader;
  private final PrintedLines printed;
  private final MemoryWatch memory;
  private final BlockingQueue<Optional<WorkerAnswer>> answers =
      new ArrayBlockingQueue<>(MOST_ANSWERS);
  private final String token = UUID.randomUUID().toString();
  private volatile String endedBecause = "";
  private volatile boolean closed;

  /**
   * Starts a worker with this process's Java.
   *
   * @param request what it is going to be asked
   * @param settings how it is started; if it runs a plugin, in what sandbox
   * @param slot where it computes
   * @param threads threads one operator may use
   * @param folder of the run: the worker's own one lies in it
   * @param log file that receives what the worker prints
   */
  WorkerProcess(
      WorkerRequest request,
      WorkerSettings settings,
      Slot slot,
      int threads,
      Path folder,
      Path log) {
    boolean isForeign = request.jar().isPresent();
    try {
      Path logs = log.toAbsolutePath().getParent();
      Files.createDirectories(logs);
      own = new RunFolder(folder.toAbsolutePath()).newTemporary();
      List<String> program = program(threads, logs, settings, slot, isForeign);
      ProcessBuilder builder =
          new ProcessBuilder(
              isForeign
                  ? settings.containment().sandbox().command(program, WorkerReach.of(request, own))
                  : program);
      speakEnglish(builder.environment());
      if (isForeign) {
        CleanEnvironment.leave(builder.environment(), own.toAbsolutePath());
      }
      builder.environment().putAll(slot.environment());
      started.mark(builder);
      process = builder.start();
      printed = new PrintedLines(process.getErrorStream(), log);
      requests = process.outputWriter(StandardCharsets.UTF_8);
      memory =
          new MemoryWatch(
              isForeign ? settings.memoryBytes() : Long.MAX_VALUE,
              () -> ResidentMemory.bytes(process.toHandle()),
              this::end);
    } catch (IOException e) {
      throw new NepentheException(ErrorCode.IO, "cannot start a worker (" + e + ")", e);
    }
    CompletableFuture<Void> unused = process.onExit().thenRun(this::endStarted);
    write(token);
    reader = new Thread(this::read, "worker-answers");
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

  private List<String> program(
      int threads, Path logs, WorkerSettings settings, Slot slot, boolean isForeign) {
    List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", SHELL, "worker"));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(slot.options());
    command.addAll(WorkerJvm.options(threads, logs, settings.javaOptions()));
    if (isForeign) {
      command.addAll(WorkerJvm.ownFolder(own.toAbsolutePath(), settings.containment().sandbox()));
    }
    command.addAll(
        List.of("-cp", WorkerJvm.asOption(WorkerJvm.classPath()), WorkerMain.class.getName()));
    return command;
  }

  private void read() {
    try (BufferedReader in = process.inputReader(StandardCharsets.UTF_8)) {
      BoundedLines lines = new BoundedLines(in, LONGEST_ANSWER);
      for (String line = lines.next(); line != null; line = lines.next()) {
        if (line.startsWith(token)) {
          answers.put(Optional.of(answer(line.substring(token.length()))));
        }
      }
    } catch (IOException | RuntimeException e) {
      end("the worker gave an answer that is none (" + Words.line(e.getMessage()) + ")");
    } catch (InterruptedException e) {
      return; // nobody listens any more
    }
    try {
      answers.put(Optional.empty());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // nobody listens any more
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
    write(Json.line(request));
  }

  private void write(String line) {
    try {
      requests.write(line + "\n");
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
      end("the worker closed the pipe of its answers");
      process.waitFor();
    }
    String why = endedBecause.isEmpty() ? printed.whyEnded() : endedBecause;
    return why.isEmpty()
        ? WorkerDiedException.of(process.exitValue())
        : new WorkerDiedException(why, Workers.Ending.DIED);
  }

  /** What outlives the process may hold the pipe of its answers, which would not end then. */
  private void endStarted() {
    if (!closed) {
      started.end(process.toHandle());
    }
  }

  /** Ends the process and all that it started at once, and waits until it is gone. */
  @Override
  public void close() {
    closed = true;
    memory.close();
    started.end(process.toHandle());
    reader.interrupt();
    try {
      process.waitFor(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Folders.tryToDelete(own);
  }
}
