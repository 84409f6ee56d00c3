package io.nepenthe.worker;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * The processes that a worker starts. They inherit a mark in their environment, so that they are
 * found even when their parents are gone; where the system does not tell (Linux does), only those
 * whose parents live.
 */
public final class StartedProcesses {
  /** Variable of the environment that holds the mark. */
  static final String VARIABLE = "NEPENTHE_WORKER";

  private static final int ROUNDS = 3;

  private final String mark = UUID.randomUUID().toString();

  /** Marks a process that is yet to start, and all that it starts. */
  public void mark(ProcessBuilder builder) {
    builder.environment().put(VARIABLE, mark);
  }

  /**
   * Ends a process and all that it started; those that start more meanwhile are looked for again.
   */
  public void end(ProcessHandle worker) {
    List<ProcessHandle> children = worker.descendants().toList();
    worker.destroyForcibly();
    children.forEach(ProcessHandle::destroyForcibly);
    endLeftBehind();
  }

  /** Ends what was started and is still there, where the system tells what that is. */
  public void endLeftBehind() {
    for (int i = 0; i < ROUNDS && endMarked(); i++) {
      Thread.onSpinWait();
    }
  }

  private boolean endMarked() {
    List<ProcessHandle> marked;
    try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
      marked = all.filter(this::isMarked).toList();
    }
    marked.forEach(ProcessHandle::destroyForcibly);
    return !marked.isEmpty();
  }

  private boolean isMarked(ProcessHandle process) {
    Path environment = Path.of("/proc", Long.toString(process.pid()), "environ");
    try {
      String variables = new String(Files.readAllBytes(environment), StandardCharsets.ISO_8859_1);
      return variables.contains(VARIABLE + "=" + mark);
    } catch (IOException e) {
      return false; // another user's, gone by now, or not Linux
    }
  }
}
