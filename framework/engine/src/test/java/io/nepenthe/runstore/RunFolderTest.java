package io.nepenthe.runstore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RunFolderTest {
  @TempDir private Path home;
  private Path folder;
  private RunFolder run;

  @BeforeEach
  void choose() {
    folder = home.resolve("out");
    run = new RunFolder(folder);
  }

  private Path write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  private static Map<String, String> content(Path folder) throws IOException {
    Map<String, String> content = new TreeMap<>();
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        content.put(folder.relativize(file).toString(), Files.readString(file));
      }
    }
    return content;
  }

  /** Each of these a run would write, move or delete. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "tmp/thesis/draft.txt",
        "report/index.html",
        "summary.json",
        "run.json",
        "plan.json",
        "lock",
        "workers.log",
        "trials/mine.json",
        "notes.txt"
      })
  void leavesAFolderOfOtherFilesAsItIs(String name) throws IOException {
    write(name, "{\"mine\": 1}");
    Map<String, String> before = content(folder);
    NepentheException e =
        assertThrows(NepentheException.class, () -> new RunStore(folder, line -> {}).create());
    assertEquals(ErrorCode.IO, e.code());
    assertTrue(e.getMessage().startsWith(folder + " is not empty and holds no run"));
    assertEquals(1, e.getMessage().lines().count());
    assertEquals(before, content(folder));
    assertFalse(run.isRun());
  }

  @Test
  void takesAFolderThatIsMissingOrEmptyOrItsOwn() throws IOException {
    run.claim();
    assertTrue(run.isRun());
    run.claim();
    Path empty = Files.createDirectory(home.resolve("empty"));
    new RunFolder(empty).claim();
    assertTrue(new RunFolder(empty).isRun());
  }

  @Test
  void takesALinkToAFolder() throws IOException {
    Files.createDirectory(home.resolve("there"));
    Files.createSymbolicLink(folder, home.resolve("there"));
    new RunStore(folder, line -> {}).create();
    assertTrue(new RunFolder(home.resolve("there")).isRun());
  }

  @Test
  void takesAFolderInWhichAnotherRunStartsAtThisMoment() throws IOException {
    write("lock", "");
    run.claim();
    assertTrue(run.isRun());
  }

  /** Runs of older programs, in which one file or the other was lost. */
  @ParameterizedTest
  @CsvSource({
    "run.json, nepenthe-run/1",
    "run.json, nepenthe-run/99",
    "trials/a.json, nepenthe-trial/2",
    "originals/a.json, nepenthe-original/1"
  })
  void knowsRunsByTheirResults(String name, String schema) throws IOException {
    write("lock", "");
    write(name, "{ \"schema\" :\n \"" + schema + "\", \"cut o");
    write("summary.json", "{}");
    run.claim();
    assertTrue(run.isRun());
  }

  @Test
  void deletesTheTemporaryFoldersOfRunsOnly() throws IOException {
    run.claim();
    Path made = run.newTemporary();
    Path outside = Files.createDirectory(home.resolve("outside"));
    Files.writeString(outside.resolve("precious.txt"), "only copy");
    Files.createSymbolicLink(made.resolve("link"), outside);
    write("tmp/thesis/draft.txt", "only copy");
    write("tmp/mitigated-by-hand.txt", "mine");
    run.deleteTemporary();
    assertFalse(Files.exists(made));
    assertEquals("only copy", Files.readString(outside.resolve("precious.txt")));
    assertEquals("only copy", Files.readString(folder.resolve("tmp/thesis/draft.txt")));
    assertTrue(Files.exists(folder.resolve("tmp/mitigated-by-hand.txt")));
  }

  @Test
  void leavesNoEmptyFolderOfTemporaryFiles() throws IOException {
    run.claim();
    run.newTemporary();
    run.deleteTemporary();
    assertFalse(Files.exists(folder.resolve("tmp")));
    run.deleteTemporary();
  }

  @Test
  void deletesNothingBehindALink() throws IOException {
    run.claim();
    Path there = Files.createDirectories(home.resolve("there"));
    Path like = Files.createDirectory(there.resolve("mitigated-12345"));
    Files.createSymbolicLink(folder.resolve("tmp"), there);
    run.deleteTemporary();
    assertTrue(Files.exists(like));
  }

  /** Paths so long that no path leads to their end. */
  @Test
  void whatCannotBeDeletedIsInNobodysWay() throws Exception {
    Path left = Files.createDirectories(folder.resolve("tmp").resolve("mitigated-1"));
    Path other = Files.createDirectories(folder.resolve("tmp").resolve("mitigated-2"));
    String deep = ("d".repeat(100) + "/").repeat(30);
    String make = "mkdir -p %1$s && cd %1$s && mkdir -p %1$s".formatted(deep);
    assertEquals(0, shell(make, left));
    try {
      new RunFolder(folder).deleteTemporary();
      assertTrue(Files.exists(left), "a path that Java cannot delete");
      assertFalse(Files.exists(other));
      assertTrue(Files.isDirectory(new RunFolder(folder).newTemporary()));
    } finally {
      shell("rm -r mitigated-1", folder.resolve("tmp"));
    }
  }

  private static int shell(String command, Path place) throws Exception {
    return new ProcessBuilder("/bin/sh", "-c", command).directory(place.toFile()).start().waitFor();
  }
}
