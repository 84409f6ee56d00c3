package io.nepenthe.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nepenthe.suite.Suite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Results that are not what was written: reported, set aside and measured again. */
class DamagedResultsTest {
  private static final Suite SUITE = TinySuite.suite("shrinks", "splits");

  @TempDir private static Path folder;
  private static Map<String, String> expected;

  @TempDir private Path out;

  @BeforeAll
  static void runOnce() {
    TestMethods.jar(folder.resolve("plugins"), "shrinks", TestMethods.Shrinks.class, 0.5);
    TestMethods.jar(folder.resolve("plugins"), "splits", TestMethods.Splits.class, 0.1, 0.3);
    run(folder.resolve("out"));
    expected = TinySuite.lasting(folder.resolve("out"));
  }

  private static Listener run(Path place) {
    return TinySuite.run(SUITE, folder.resolve("plugins"), place, folder.resolve("cache"));
  }

  /** Ways in which a file can be damaged. */
  enum Damage {
    TRUNCATED {
      @Override
      String of(String whole) {
        return whole.substring(0, whole.length() / 3);
      }
    },
    EMPTY {
      @Override
      String of(String whole) {
        return "";
      }
    },
    /** One bit of a number, which stays a possible one. */
    BIT_FLIPPED {
      @Override
      String of(String whole) {
        return whole.replaceFirst("(\"eligible\" : |\"logicalCores\" : )\\d", "$17");
      }
    },
    WRONG_SCHEMA {
      @Override
      String of(String whole) {
        return whole.replaceFirst("(\"schema\" : \"nepenthe-\\w+)/\\d+", "$1/99");
      }
    },
    WRONG_HASH {
      @Override
      String of(String whole) {
        return whole.replaceFirst("(\"contentHash\" : \")........", "$100000000");
      }
    },
    NO_HASH {
      @Override
      String of(String whole) {
        return whole.replaceFirst(",\\s*\"contentHash\" : \"\\w+\"", "");
      }
    };

    abstract String of(String whole);
  }

  @ParameterizedTest
  @EnumSource
  void damageIsReportedSetAsideAndMeasuredAgain(Damage damage) throws IOException {
    TinySuite.copy(folder.resolve("out"), out);
    List<Path> damaged =
        List.of(
            first("trials"), out.resolve("originals/tiny-noise_s1.json"), out.resolve("run.json"));
    for (Path file : damaged) {
      String whole = Files.readString(file);
      String other = damage.of(whole);
      assertTrue(!whole.equals(other), () -> damage + " changes nothing of " + file);
      Files.writeString(file, other);
    }
    Listener listener = run(out);
    assertEquals(damaged.size(), listener.warnings().size(), listener.warnings().toString());
    for (Path file : damaged) {
      assertTrue(
          listener.warnings().stream()
              .anyMatch(
                  line ->
                      line.startsWith("result file " + file + " is damaged (")
                          && line.contains("set aside as")
                          && line.lines().count() == 1),
          () -> file + ": " + listener.warnings());
    }
    try (Stream<Path> aside = Files.list(out.resolve("damaged"))) {
      assertEquals(damaged.size(), aside.count());
    }
    assertEquals(List.of(), listener.trainings());
    assertEquals(expected, TinySuite.lasting(out));
    assertEquals(List.of(), run(out).warnings());
  }

  private Path first(String part) throws IOException {
    try (Stream<Path> files = Files.list(out.resolve(part))) {
      return files.sorted().findFirst().orElseThrow();
    }
  }
}
