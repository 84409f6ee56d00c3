package io.nepenthe.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import io.nepenthe.provenance.ProvenanceReader;
import io.nepenthe.runstore.RunStore;
import io.nepenthe.suite.MethodChoice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

  private SuiteOptions ofRun(String name) {
    RunStore store = new RunStore(folder.resolve(name), line -> {});
    store.create();
    store.put(
        MadeRuns.file(
            List.of(0L),
            Map.of("mine", List.of(0.1)),
            ProvenanceReader.read(CommandLineRun.root(), "cpu", 1)));
    return CommandLine.populateCommand(new SuiteOptions(), store.folder().toString());
  }

  @Test
  void theFolderOfARunStandsForTheSuiteThatItHolds() {
    SuiteOptions options = ofRun("mine");
    assertEquals(List.of("mine"), options.read().methods().stream().map(MethodChoice::id).toList());
    assertEquals(Path.of("runs", "mine-again"), options.folder());
  }

  @Test
  void aRunTakesNoOtherPluginsThanItsOwn() {
    SuiteOptions options = ofRun("mine");
    NepentheException none = assertThrows(NepentheException.class, () -> options.plugins(null));
    assertEquals(ErrorCode.STORE_CORRUPT, none.code());
    assertTrue(none.getMessage().contains(".jar is not there"), none.getMessage());
    NepentheException other = assertThrows(NepentheException.class, () -> options.plugins(folder));
    assertEquals(ErrorCode.BAD_USAGE, other.code());
  }

  @Test
  void moreThreadsThanCoresAreSaid() {
    assertEquals(Optional.empty(), SuiteOptions.moreThreadsThanCores(2, 2));
    assertEquals(
        Optional.of(
            "the suite asks for 64 threads, this machine has 2 cores: they wait for each other, and"
                + " times say little"),
        SuiteOptions.moreThreadsThanCores(64, 2));
  }
}
