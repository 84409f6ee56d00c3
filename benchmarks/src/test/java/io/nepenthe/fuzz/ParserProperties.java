package io.nepenthe.fuzz;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nepenthe.files.Folders;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import net.jqwik.api.Example;
import net.jqwik.api.RandomGenerator;
import net.jqwik.api.Tag;
import net.jqwik.api.lifecycle.AfterProperty;
import net.jqwik.api.lifecycle.BeforeProperty;
import org.jspecify.annotations.Nullable;

/**
 * What every reader of others' files promises: whatever is in a file, it is read as what it says,
 * or refused in one line with the exit code of its kind, soon, and nothing is written but where it
 * should be.
 */
abstract class ParserProperties {
  /** After so much work on one file, or so long a wait without any, a reader hangs. */
  private static final Duration MOST_WORK = Duration.ofSeconds(20);

  private static final int MOST_IDLE_SECONDS = 60;

  private static final int LONGEST_LINE = 5000;
  private static final long SEED = 20250101;
  private static final int TRIES = 60;
  private static final int MOST_EDITS = 4;
  private static final int MOST_KINDS = 20;

  private final ExecutorService reader = Executors.newSingleThreadExecutor(this::newThread);
  private volatile @Nullable Thread thread;

  private Path folder;

  private Thread newThread(Runnable job) {
    Thread made = new Thread(job, "reader");
    made.setDaemon(true);
    thread = made;
    return made;
  }

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

  /**
   * Returns a file that somebody may have made on purpose: a whole one with one word where words
   * can stand.
   *
   * @param n its number, from 0: each word takes its turn
   */
  byte[] made(int n, Random random) throws IOException {
    List<byte[]> files = whole();
    byte[] file = files.get(random.nextInt(files.size()));
    return Damage.withWord(file, words().get(n % words().size()), random);
  }

  /** Returns in how many places a file is damaged at most. */
  int mostEdits() {
    return MOST_EDITS;
  }

  /** Returns how many damaged files each build reads. */
  int tries() {
    return TRIES;
  }

  @BeforeProperty
  void makeFolder() throws IOException {
    folder = Files.createTempDirectory("nepenthe-fuzz");
  }

  @AfterProperty
  void deleteFolder() throws IOException {
    reader.shutdownNow();
    Folders.delete(folder);
  }

  @Example
  void wholeFilesAreRead() throws Exception {
    for (byte[] file : whole()) {
      read(file, emptyPlace());
    }
  }

  @Example
  void damageIsReadOrRefused() throws Exception {
    Damaged files = new Damaged(SEED);
    for (int i = 0; i < tries(); i++) {
      files.tryNext();
    }
    files.requireNoneBroken();
  }

  /** Goes on for {@code -Dfuzz.minutes}, and keeps a file of each kind that broke the promise. */
  @Example
  @Tag("fuzz")
  void damageIsReadOrRefusedForLong() throws Exception {
    double minutes = Double.parseDouble(System.getProperty("fuzz.minutes", "10"));
    long nanos = (long) (minutes * Duration.ofMinutes(1).toNanos());
    Damaged files = new Damaged(Long.getLong("fuzz.seed", System.nanoTime()));
    for (long start = System.nanoTime(); System.nanoTime() - start < nanos; ) {
      files.tryNext();
    }
    System.out.println("fuzz: " + files);
    files.requireNoneBroken();
  }

  /** Damaged files, one after the other. */
  private final class Damaged {
    private final String name = ParserProperties.this.getClass().getSimpleName();
    private final long seed;
    private final Random random;
    private final RandomGenerator<byte[]> files;
    private final Map<String, AssertionError> broken = new TreeMap<>();
    private long tries;
    private long refused;

    Damaged(long seed) throws IOException {
      this.seed = seed;
      this.random = new Random(seed);
      this.files = Damage.of(whole(), words(), mostEdits()).generator(1000, false);
    }

    void tryNext() throws Exception {
      boolean isMade = tries % 2 == 1;
      byte[] file = isMade ? made((int) (tries / 2), random) : files.next(random).value();
      tries++;
      try {
        if (!isReadOrRefused(file)) {
          refused++;
        }
      } catch (HangsException e) {
        throw new AssertionError("it hangs; see " + kept(file), e);
      } catch (AssertionError e) {
        String kind = String.valueOf(e.getMessage()).replaceAll("[0-9]+", "0");
        if (broken.size() < MOST_KINDS && !broken.containsKey(kind)) {
          broken.put(kind, new AssertionError(e.getMessage() + "; see " + kept(file), e));
        }
      }
    }

    private Path kept(byte[] file) throws IOException {
      Path kept = Path.of("target", "fuzz", name + "-" + tries);
      Files.createDirectories(kept.getParent());
      return Files.write(kept, file);
    }

    void requireNoneBroken() {
      broken
          .values()
          .forEach(each -> System.err.println("fuzz: " + name + ": " + each.getMessage()));
      for (AssertionError each : broken.values()) {
        throw each;
      }
    }

    @Override
    public String toString() {
      return "%s read %d damaged files, refused %d, broke its promise in %d ways; seed %d"
          .formatted(name, tries, refused, broken.size(), seed);
    }
  }

  /** Returns true if a file was read, false if it was refused as it should be. */
  private boolean isReadOrRefused(byte[] file) throws Exception {
    Path place = emptyPlace();
    boolean isRead = isRead(file, place);
    try (Stream<Path> beside = Files.list(folder)) {
      assertTrue(beside.allMatch(place::equals), "something was written beside the place");
    }
    return isRead;
  }

  private boolean isRead(byte[] file, Path place) throws Exception {
    try {
      await(
          reader.submit(
              () -> {
                read(file, place);
                return true;
              }));
      return true;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof AssertionError broken) {
        throw broken;
      }
      if (!(e.getCause() instanceof NepentheException told)) {
        throw new AssertionError("a defect: " + e.getCause(), e.getCause());
      }
      String line = String.valueOf(told.getMessage());
      assertTrue(mistakes().contains(told.code()), told.code() + ": " + line);
      assertTrue(line.lines().count() == 1 && line.length() < LONGEST_LINE, line);
      return false;
    }
  }

  /** Waits as long as a reader works or is kept from it; how busy the machine is does not count. */
  private void await(Future<Boolean> read) throws ExecutionException, InterruptedException {
    Work work = new Work();
    while (true) {
      try {
        read.get(1, TimeUnit.SECONDS);
        return;
      } catch (TimeoutException e) {
        work.requireToGoOn(e);
      }
    }
  }

  /** Processor time of the reading thread. */
  private final class Work {
    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final Thread reading = Objects.requireNonNull(thread);
    private final long before = nanos();
    private long last = before;
    private int idleSeconds;

    private long nanos() {
      return threads.getThreadCpuTime(reading.getId());
    }

    void requireToGoOn(TimeoutException e) {
      boolean waits = reading.getState() != Thread.State.RUNNABLE && nanos() == last;
      idleSeconds = waits ? idleSeconds + 1 : 0;
      last = nanos();
      if (idleSeconds > MOST_IDLE_SECONDS || last - before > MOST_WORK.toNanos()) {
        throw new HangsException(e);
      }
    }
  }

  /** A reader came to no end: it reads nothing else. */
  private static final class HangsException extends RuntimeException {
    private static final long serialVersionUID = 1;

    HangsException(Throwable cause) {
      super("it hangs", cause);
    }
  }

  private Path emptyPlace() throws IOException {
    Path place = folder.resolve("place");
    if (Files.exists(place)) {
      Folders.delete(place);
    }
    return Files.createDirectory(place);
  }
}
