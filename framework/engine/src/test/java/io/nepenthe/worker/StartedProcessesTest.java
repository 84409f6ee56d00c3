package io.nepenthe.worker;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class StartedProcessesTest {
  private static final String CHILD = "sleep 300 > /dev/null 2>&1 & echo $!";

  private final StartedProcesses started = new StartedProcesses();

  private record Family(Process worker, ProcessHandle child) {}

  private Family family(String script) throws IOException {
    ProcessBuilder builder = new ProcessBuilder("sh", "-c", script);
    started.mark(builder);
    Process worker = builder.start();
    BufferedReader said = worker.inputReader();
    return new Family(worker, ProcessHandle.of(Long.parseLong(said.readLine())).orElseThrow());
  }

  private static void isGone(ProcessHandle process) throws Exception {
    CompletableFuture<ProcessHandle> end = process.onExit();
    end.get(30, TimeUnit.SECONDS);
    assertFalse(process.isAlive());
  }

  @Test
  void aWorkerEndsWithWhatItStarted() throws Exception {
    Family family = family(CHILD + "; wait");
    assertTrue(family.child().isAlive());
    started.end(family.worker().toHandle());
    isGone(family.child());
    isGone(family.worker().toHandle());
  }

  @Test
  void whatOutlivesAWorkerIsEndedToo() throws Exception {
    assumeTrue(Files.isReadable(Path.of("/proc/self/environ")), "the system tells no environment");
    Family family = family(CHILD);
    family.worker().waitFor();
    assertTrue(family.child().isAlive());
    started.end(family.worker().toHandle());
    isGone(family.child());
  }

  @Test
  void whatOthersStartedStays() throws Exception {
    Family other = family(CHILD + "; wait");
    Process none = new ProcessBuilder("true").start();
    new StartedProcesses().end(none.toHandle());
    assertTrue(other.child().isAlive());
    started.end(other.worker().toHandle());
  }
}
