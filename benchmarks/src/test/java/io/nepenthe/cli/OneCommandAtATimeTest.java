package io.nepenthe.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.nepenthe.provenance.Provenance;
import io.nepenthe.runstore.RunLock;
import io.nepenthe.runstore.RunStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands that write into a run's folder leave it alone while another does. */
class OneCommandAtATimeTest {
  private static final Provenance HERE =
      new Provenance("c", "17", "0", "0", "os", "cpu", 1, 1, null, null, 1, "host");

  @TempDir private Path folder;
  private Path run;

  @BeforeEach
  void makeRun() {
    run = folder.resolve("run");
    RunStore store = new RunStore(run, line -> {});
    store.create();
    store.put(MadeRuns.file(List.of(0L), Map.of("method", List.of(0.1)), HERE));
  }

  private CommandLineRun nepenthe(String... arguments) {
    return CommandLineRun.of(folder, arguments);
  }

  @Test
  void aFolderInUseIsRefusedByAllThatWriteIntoIt() throws IOException {
    Path suite = folder.resolve("tiny.yaml");
    Files.writeString(suite, NepentheTest.TINY);
    try (RunLock other = RunLock.take(run)) {
      assertNotNull(other);
      String words = "another run is using " + run;
      nepenthe("run", suite.toString(), "--out", run.toString()).isMistake(8, words);
      nepenthe("time", run.toString()).isMistake(8, words);
      nepenthe("report", run.toString()).isMistake(8, words);
    }
    assertFalse(Files.exists(run.resolve("summary.json")));
    assertEquals(10, nepenthe("report", run.toString()).exitCode());
  }

  @Test
  void aFolderInUseCanBeRead() {
    try (RunLock other = RunLock.take(run)) {
      assertNotNull(other);
      String elsewhere = folder.resolve("report").toString();
      assertEquals(10, nepenthe("report", run.toString(), "--out", elsewhere).exitCode());
    }
  }
}
