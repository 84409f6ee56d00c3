package io.nepenthe.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What bwrap is asked to do, on whatever machine. */
class BubblewrapTest {
  private static final List<String> PROGRAM = List.of("java", "-cp", "a:b", "Main");

  @TempDir private Path folder;
  private Path own;
  private Path devices;
  private Bubblewrap bubblewrap;

  @BeforeEach
  void setUp() throws IOException {
    own = Files.createDirectory(folder.resolve("own"));
    devices = Files.createDirectory(folder.resolve("dev"));
    for (String name : List.of("nvidia0", "nvidiactl", "nvidia-uvm", "sda", "mem", "kvm")) {
      Files.createFile(devices.resolve(name));
    }
    bubblewrap =
        new Bubblewrap("/usr/bin/bwrap", "bubblewrap 1.2.3", devices, List.of("/etc/localtime"));
  }

  private static boolean holds(List<String> command, String... words) {
    return Collections.indexOfSubList(command, List.of(words)) >= 0;
  }

  @Test
  void theProgramComesLastAndUnchanged() {
    List<String> command = bubblewrap.command(PROGRAM, Reach.ofOwn(own));
    assertEquals("/usr/bin/bwrap", command.get(0));
    int end = command.lastIndexOf("--");
    assertEquals(PROGRAM, command.subList(end + 1, command.size()));
  }

  @Test
  void itHasNamespacesOfItsOwnAndEndsWithItsJudge() {
    List<String> command = bubblewrap.command(PROGRAM, Reach.ofOwn(own));
    assertTrue(command.containsAll(List.of("--unshare-all", "--die-with-parent", "--new-session")));
    assertFalse(command.contains("--share-net"));
    assertTrue(holds(command, "--cap-drop", "ALL"));
    assertTrue(holds(command, "--proc", "/proc"));
  }

  @Test
  void onlyItsOwnFolderAndWhatItIsGivenCanBeWritten() throws IOException {
    Path handOver = Files.createDirectory(folder.resolve("hand over"));
    Path jar = Files.createFile(folder.resolve("a.jar"));
    List<String> command =
        bubblewrap.command(PROGRAM, new Reach(own, List.of(jar), List.of(handOver), false));
    assertTrue(holds(command, "--ro-bind-try", jar.toString(), jar.toString()));
    assertTrue(holds(command, "--bind", handOver.toString(), handOver.toString()));
    assertTrue(holds(command, "--bind", own.toString(), own.toString()));
    assertTrue(holds(command, "--bind", own.toString(), "/tmp"));
    assertEquals(3, Collections.frequency(command, "--bind"));
    for (String place : List.of("/", "/dev", "/proc")) {
      assertTrue(holds(command, "--remount-ro", place), place);
    }
    assertFalse(command.contains("--tmpfs"), "memory that nobody counts");
  }

  @Test
  void secretsOfTheSystemAreNotShown() {
    List<String> command = bubblewrap.command(PROGRAM, Reach.ofOwn(own));
    for (String hidden : List.of("/etc", "/home", "/root", "/run", "/var", "/sys", "/")) {
      assertFalse(holds(command, "--ro-bind-try", hidden, hidden), hidden);
    }
    assertTrue(holds(command, "--ro-bind-try", "/etc/localtime", "/etc/localtime"));
  }

  @Test
  void aGpusFilesAreThereForWhoComputesOnOne() {
    List<String> command = bubblewrap.command(PROGRAM, new Reach(own, List.of(), List.of(), true));
    for (String name : List.of("nvidia0", "nvidiactl", "nvidia-uvm")) {
      String file = devices.resolve(name).toString();
      assertTrue(holds(command, "--dev-bind-try", file, file), name);
    }
    assertEquals(3, Collections.frequency(command, "--dev-bind-try"));
    assertTrue(holds(command, "--ro-bind-try", "/sys/bus", "/sys/bus"));
  }

  @Test
  void nobodyElseSeesAGpu() {
    assertFalse(bubblewrap.command(PROGRAM, Reach.ofOwn(own)).contains("--dev-bind-try"));
  }

  @Test
  void whatIsNotThereIsLeftOutAndNothingIsNamedTwice() throws IOException {
    Path jar = Files.createFile(folder.resolve("a.jar"));
    Reach reach =
        new Reach(own, List.of(jar, folder.resolve("none"), jar), List.of(own, own), false);
    assertEquals(List.of(jar), reach.readable());
    assertEquals(List.of(own), reach.writable());
  }
}
