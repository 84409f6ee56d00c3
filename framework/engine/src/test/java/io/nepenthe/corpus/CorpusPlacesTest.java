package io.nepenthe.corpus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CorpusPlacesTest {
  private static final Path HOME = Path.of("home").toAbsolutePath();
  private static final String USER_HOME = "user.home";

  private static CorpusPlaces places(
      Map<String, String> properties, Map<String, String> variables) {
    return CorpusPlaces.of(properties::get, variables::get);
  }

  @Test
  void withoutAnySettingAllIsInTheCache() {
    Path cache = HOME.resolve(".cache").resolve("nepenthe");
    CorpusPlaces places = places(Map.of(USER_HOME, HOME.toString()), Map.of("NEPENTHE_DATA", " "));
    assertEquals(new CorpusPlaces(List.of(cache.resolve("data")), cache), places);
    assertEquals(cache.resolve("data"), places.downloads());
    assertEquals(cache.resolve("tokens"), places.tokens());
  }

  @Test
  void variablesMoveThem() {
    Path a = HOME.resolve("a");
    Path b = HOME.resolve("b");
    CorpusPlaces places =
        places(
            Map.of(USER_HOME, HOME.toString()),
            Map.of("NEPENTHE_DATA", a + File.pathSeparator + b, "NEPENTHE_HOME", HOME.toString()));
    assertEquals(new CorpusPlaces(List.of(a, b, HOME.resolve("data")), HOME), places);
  }

  @Test
  void libtorchIsUnpackedIntoTheCacheUnlessSomeoneSaysWhere() {
    Map<String, String> home = Map.of("NEPENTHE_HOME", HOME.toString());
    assertEquals(
        Optional.of(HOME.resolve("djl")), CorpusPlaces.engineCache(name -> null, home::get));
    Map<String, String> other = Map.of("DJL_CACHE_DIR", "x", "NEPENTHE_HOME", HOME.toString());
    assertEquals(Optional.empty(), CorpusPlaces.engineCache(name -> null, other::get));
    assertEquals(Optional.empty(), CorpusPlaces.engineCache(other::get, home::get));
    assertEquals(Optional.empty(), CorpusPlaces.engineCache(name -> null, name -> null));
  }

  @Test
  void otherProcessesUnpackLibrariesWhereThisOneDoes() {
    assertTrue(
        CorpusPlaces.engineOptions()
            .contains("-Djava.io.tmpdir=" + System.getProperty("java.io.tmpdir")));
  }

  @Test
  void librariesThatKilledProcessesLeftAreDeleted(@TempDir Path folder) throws IOException {
    Path left = Files.writeString(folder.resolve("libduckdb_java1.so"), "");
    Files.setLastModifiedTime(left, FileTime.fromMillis(0));
    Path fresh = Files.writeString(folder.resolve("libduckdb_java2.so"), "");
    DuckDb.deleteLeft(folder);
    assertFalse(Files.exists(left));
    assertTrue(Files.exists(fresh));
  }

  @Test
  void aUserThatTheMachineDoesNotKnowHasTheHomeOfTheEnvironmentOrNone() {
    Path cache = HOME.resolve(".cache").resolve("nepenthe");
    for (String unknown : List.of("?", "", "somewhere/relative")) {
      assertEquals(
          cache, places(Map.of(USER_HOME, unknown), Map.of("HOME", HOME.toString())).cache());
      NepentheException e =
          assertThrows(NepentheException.class, () -> places(Map.of(USER_HOME, unknown), Map.of()));
      assertEquals(ErrorCode.IO, e.code());
    }
  }
}
