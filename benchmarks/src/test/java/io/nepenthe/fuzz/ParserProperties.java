package io.nepenthe.fuzz;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.GenerationMode;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.RandomGenerator;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tag;
import net.jqwik.api.lifecycle.AfterProperty;
import net.jqwik.api.lifecycle.BeforeProperty;

/**
 * What every reader of others' files promises: whatever is in a file, it is read, or refused in one
 * line with the exit code of its kind, soon, and nothing is written but where it should be.
 */
abstract class ParserProperties {
  private static final Duration LONGEST = Duration.ofSeconds(10);
  private static final int LONGEST_LINE = 5000;

  private Path folder;

  /** Returns whole files. */
  abstract List<byte[]> whole() throws IOException;

  /** Returns words that mean something to the reader. */
  abstract List<String> words();

  /** Returns what may be wrong with such a file. */
  abstract Set<ErrorCode> mistakes();

  /**
   * Reads a file, and throws AssertionError if damage was taken for content.
   *
   * @param file the file
   * @param place an empty folder beside it, in which alone may be written
   */
  abstract void read(byte[] file, Path place) throws Exception;

  @BeforeProperty
  void makeFolder() throws IOException {
    folder = Files.createTempDirectory("nepenthe-fuzz");
  }

  @AfterProperty
  void deleteFolder() throws IOException {
    io.nepenthe.files.Folders.delete(folder);
  }

  @Provide
  Arbitrary<byte[]> damaged() throws IOException {
    return Damage.of(whole(), words());
  }

  @Example
  void wholeFilesAreRead() throws Exception {
    for (byte[] file : whole()) {
      read(file, emptyPlace());
    }
  }

  @Property(
      tries = 60,
      seed = "20250101",
      generation = GenerationMode.RANDOMIZED,
      shrinking = ShrinkingMode.OFF)
  void damageIsReadOrRefused(@ForAll("damaged") byte[] file) {
    isReadOrRefused(file);
  }

  /** Goes on for {@code -Dfuzz.seconds}, and keeps the file that broke the promise. */
  @Example
  @Tag("fuzz")
  void damageIsReadOrRefusedForLong() throws IOException {
    long seed = Long.getLong("fuzz.seed", System.nanoTime());
    long end = System.nanoTime() + Duration.ofSeconds(Long.getLong("fuzz.seconds", 600)).toNanos();
    RandomGenerator<byte[]> files = damaged().generator(1000, false);
    Random random = new Random(seed);
    long tries = 0;
    while (System.nanoTime() < end) {
      byte[] file = files.next(random).value();
      tries++;
      try {
        isReadOrRefused(file);
      } catch (Throwable e) {
        Path kept = Path.of("target", "fuzz", getClass().getSimpleName() + "-" + tries);
        Files.createDirectories(kept.getParent());
        Files.write(kept, file);
        throw new AssertionError("seed " + seed + ", try " + tries + ", see " + kept, e);
      }
    }
    System.out.println(getClass().getSimpleName() + ": " + tries + " files, seed " + seed);
  }

  private void isReadOrRefused(byte[] file) {
    long start = System.nanoTime();
    Path place = emptyPlace();
    try {
      read(file, place);
    } catch (NepentheException e) {
      String line = String.valueOf(e.getMessage());
      assertTrue(mistakes().contains(e.code()), e.code() + ": " + line);
      assertTrue(line.lines().count() == 1 && line.length() < LONGEST_LINE, line);
    } catch (AssertionError e) {
      throw e;
    } catch (Throwable e) {
      fail("a defect: " + e, e);
    }
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    assertTrue(took.compareTo(LONGEST) < 0, "it took " + took);
    try (Stream<Path> beside = Files.list(folder)) {
      assertTrue(beside.allMatch(place::equals), "something was written beside the place");
    } catch (IOException e) {
      fail(e);
    }
  }

  private Path emptyPlace() {
    try {
      Path place = folder.resolve("place");
      if (Files.exists(place)) {
        io.nepenthe.files.Folders.delete(place);
      }
      return Files.createDirectory(place);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
