package io.nepenthe.runstore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.nepenthe.metric.Scores;
import io.nepenthe.suite.SelectionSpec;
import io.nepenthe.summary.RunReader;
import io.nepenthe.summary.StoredRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run that the first version of the program wrote: it must load as long as results live. */
class OldRunTest {
  private static final Path FIRST = Path.of("src/test/resources/golden/run-1");

  @TempDir private Path folder;

  @Test
  void aRunOfTheFirstSchemasLoadsWithoutSealsHalvesAndRules() throws IOException {
    try (Stream<Path> all = Files.walk(FIRST)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        Path copy = folder.resolve(FIRST.relativize(file).toString());
        Files.createDirectories(copy.getParent());
        Files.copy(file, copy);
      }
    }
    List<String> warnings = new ArrayList<>();
    StoredRun run = RunReader.read(new RunStore(folder, warnings::add));
    assertEquals(List.of(), warnings);
    assertEquals(SelectionSpec.MATH, run.info().selection("math-noise"));
    TrialResult trial = run.trials().get(0);
    Scores after = Objects.requireNonNull(trial.after());
    assertEquals(14, after.memorization().memorized());
    assertNull(trial.afterSplit());
    assertEquals(List.of(), trial.curve());
    assertEquals(1, run.originals().size());
    assertNull(run.originals().get(0).split());
  }
}
