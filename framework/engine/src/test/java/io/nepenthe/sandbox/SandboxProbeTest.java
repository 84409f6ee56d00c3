package io.nepenthe.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is found on whatever machine: the commands that would be started are answered here. */
class SandboxProbeTest {
  @TempDir private Path folder;
  private final List<List<String>> started = new ArrayList<>();

  private Path tool() throws IOException {
    return tool("bwrap");
  }

  private Path tool(String name) throws IOException {
    Path tool = Files.createFile(folder.resolve(name));
    assertTrue(tool.toFile().setExecutable(true));
    return tool;
  }

  private SandboxOffer offer(String path, boolean works, String words) {
    return new SandboxProbe(
            path,
            command -> {
              started.add(command);
              return command.contains("--version")
                  ? new SandboxProbe.Outcome(true, "bubblewrap 0.8.0")
                  : new SandboxProbe.Outcome(works, words);
            })
        .offer();
  }

  @Test
  void aToolThatWorksIsOffered() throws IOException {
    Path tool = tool();
    SandboxOffer offer = offer("/nowhere" + File.pathSeparator + folder, true, "");
    assertEquals("bubblewrap 0.8.0", offer.sandbox().name());
    assertTrue(offer.sandbox().contains());
    assertEquals("", offer.lack());
    assertEquals(tool.toString(), started.get(1).get(0));
    assertTrue(started.get(1).contains("--unshare-all"), "it is tried with all it is to do");
  }

  @Test
  void aToolThatDoesNotWorkIsNot() throws IOException {
    tool();
    SandboxOffer offer = offer(folder.toString(), false, "bwrap: No permissions.");
    assertFalse(offer.sandbox().contains());
    assertEquals(
        folder.resolve("bwrap")
            + " does not work here: bwrap: No permissions, and there is no systemd-run on the PATH",
        offer.lack());
  }

  @Test
  void withoutAToolNothingIsStarted() {
    assertEquals(
        "there is no bwrap (of bubblewrap) on the PATH, and there is no systemd-run on the PATH",
        offer(folder.toString(), true, "").lack());
    assertEquals(List.of(), started);
  }

  @Test
  void theServiceManagerIsTriedWhereThereIsNoBubblewrap() throws IOException {
    Path tool = tool("systemd-run");
    SandboxOffer offer = offer(folder.toString(), true, "");
    assertTrue(offer.sandbox() instanceof SystemdRun);
    assertTrue(started.get(1).containsAll(List.of(tool.toString(), "--user")));
  }

  @Test
  void aServiceManagerThatDoesNotAnswerIsNoSandboxAndNoFailure() throws IOException {
    Path tool = tool("systemd-run");
    SandboxOffer offer = offer(folder.toString(), false, "Failed to connect to bus");
    assertFalse(offer.sandbox().contains());
    assertEquals(
        "there is no bwrap (of bubblewrap) on the PATH, and "
            + tool
            + " does not work here: Failed to connect to bus",
        offer.lack());
  }

  @Test
  void theWorkingDirectoryIsNoPlaceOfPrograms() {
    for (String path : List.of("", ".", File.pathSeparator)) {
      assertFalse(offer(path, true, "").sandbox().contains());
    }
    assertEquals(List.of(), started);
  }
}
