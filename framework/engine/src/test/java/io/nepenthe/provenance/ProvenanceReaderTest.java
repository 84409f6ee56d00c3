package io.nepenthe.provenance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Of which sources a result is. */
class ProvenanceReaderTest {
  @TempDir private Path folder;

  private boolean git(String... words) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(List.of("git", "-c", "user.name=a", "-c", "user.email=a@example.org"));
    command.addAll(List.of(words));
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().put("GIT_CONFIG_GLOBAL", "/dev/null");
    return builder
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start()
            .waitFor()
        == 0;
  }

  @Test
  void aCommitWhoseFilesWereChangedHasAMark() throws Exception {
    Path source = Files.writeString(folder.resolve("A.java"), "a");
    assumeTrue(git("init", "-q") && git("add", "A.java"), "there is no git");
    assertTrue(git("commit", "-q", "--no-gpg-sign", "-m", "a"));
    String clean = commit();
    assertTrue(clean.matches("[0-9a-f]{40,64}"), clean);
    Files.writeString(source, "b");
    assertEquals(clean + "+", commit());
  }

  /** A copy of the program without its history may lie anywhere. */
  @Test
  void aFolderWithinAnotherCheckoutHasNoCommit() throws Exception {
    Files.writeString(folder.resolve("A.java"), "a");
    assumeTrue(git("init", "-q") && git("add", "A.java"), "there is no git");
    assertTrue(git("commit", "-q", "--no-gpg-sign", "-m", "a"));
    assertEquals("unknown", commit(Files.createDirectory(folder.resolve("copy"))));
  }

  private String commit() {
    return commit(folder);
  }

  private static String commit(Path sources) {
    return ProvenanceReader.read(sources, "cpu", 1).gitCommit();
  }
}
