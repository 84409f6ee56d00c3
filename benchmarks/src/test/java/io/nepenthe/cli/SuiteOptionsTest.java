package io.nepenthe.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.Fidelity;
import io.nepenthe.protocol.NepentheException;
import io.nepenthe.provenance.ProvenanceReader;
import io.nepenthe.runstore.RunInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import picocli.CommandLine;

/** In which fidelity a suite is taken, and where its run goes. */
class SuiteOptionsTest {
  @TempDir private Path folder;

  private SuiteOptions options(String own, String asked) throws IOException {
    String line = own == null ? "" : "fidelity: " + own + "\n";
    String file = Files.writeString(folder.resolve("s.yaml"), line + NepentheTest.TINY).toString();
    return asked == null
        ? CommandLine.populateCommand(new SuiteOptions(), file)
        : CommandLine.populateCommand(new SuiteOptions(), file, "--fidelity", asked);
  }

  private static RunInfo run(Fidelity fidelity) {
    return new RunInfo(
        RunInfo.SCHEMA,
        "tiny",
        "For tests.",
        "1.0",
        fidelity,
        Map.of(),
        List.of(0L, 1L),
        List.of("tiny-noise"),
        Map.of(),
        List.of("no-mitigation"),
        null,
        Map.of(),
        ProvenanceReader.read(CommandLineRun.root(), "cpu", 1));
  }

  @ParameterizedTest
  @CsvSource({
    ",,tiny",
    ",CLEAN,tiny",
    ",REFERENCE,tiny-reference",
    "clean,REFERENCE,tiny-reference",
    "reference,,tiny",
    "reference,REFERENCE,tiny",
    "reference,CLEAN,tiny-clean"
  })
  void theFolderNamesAFidelityThatTheSuiteDoesNot(String own, String asked, String name)
      throws IOException {
    assertEquals(Path.of("runs", name), options(own, asked).folder());
  }

  @ParameterizedTest
  @EnumSource
  void aStoredRunKeepsItsFidelity(Fidelity stored) throws IOException {
    for (String own : new String[] {null, "clean", "reference"}) {
      assertEquals(stored, options(own, null).readAs(run(stored), folder).fidelity());
      assertEquals(stored, options(own, stored.name()).readAs(run(stored), folder).fidelity());
    }
  }

  @Test
  void anotherFidelityThanThatOfTheStoredRunIsAMistake() throws IOException {
    SuiteOptions clean = options("reference", "CLEAN");
    NepentheException e =
        assertThrows(NepentheException.class, () -> clean.readAs(run(Fidelity.REFERENCE), folder));
    assertEquals(ErrorCode.BAD_USAGE, e.code());
  }
}
