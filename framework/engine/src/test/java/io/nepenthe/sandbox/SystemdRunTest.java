package io.nepenthe.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What systemd-run is asked to do, on whatever machine. */
class SystemdRunTest {
  private static final List<String> PROGRAM = List.of("java", "-cp", "a:b", "Main");

  @TempDir private Path folder;
  private Path own;
  private SystemdRun systemd;

  @BeforeEach
  void setUp() throws IOException {
    own = Files.createDirectory(folder.resolve("own"));
    Path devices = Files.createDirectory(folder.resolve("dev"));
    for (String name : List.of("nvidia0", "nvidiactl", "sda")) {
      Files.createFile(devices.resolve(name));
    }
    systemd = systemd(SystemdRun.Manager.USER, devices);
  }

  private static SystemdRun systemd(SystemdRun.Manager manager, Path devices) {
    return new SystemdRun(
        "/usr/bin/systemd-run",
        "systemd 252",
        manager,
        devices,
        List.of("/etc/localtime"),
        Long.MAX_VALUE);
  }

  private static List<String> properties(List<String> command) {
    List<String> properties = new ArrayList<>();
    for (int i = 0; i < command.lastIndexOf("--"); i++) {
      if (command.get(i).equals("-p")) {
        properties.add(command.get(i + 1));
      }
    }
    return properties;
  }

  private List<String> properties(Reach reach) {
    return properties(systemd.command(PROGRAM, reach));
  }

  @Test
  void theProgramComesLastAndUnchanged() {
    List<String> command = systemd.command(PROGRAM, Reach.ofOwn(own));
    assertEquals(PROGRAM, command.subList(command.size() - PROGRAM.size(), command.size()));
    assertTrue(command.containsAll(List.of("--user", "--pipe", "--wait", "--collect")));
  }

  @Test
  void theManagersVariablesAreNotPutIntoTheProgramsWords() {
    List<String> command =
        systemd.command(List.of("sh", "-c", "echo $$ ${HOME}"), Reach.ofOwn(own));
    assertEquals("echo $$$$ $${HOME}", command.get(command.size() - 1));
  }

  @Test
  void rootAsksTheSystemsManagerAndNobodyIsAskedForAPassword() {
    List<String> command =
        systemd(SystemdRun.Manager.SYSTEM, folder).command(PROGRAM, Reach.ofOwn(own));
    assertTrue(command.containsAll(List.of("--system", "--no-ask-password")));
    assertFalse(command.contains("--user"));
  }

  @Test
  void itHasNamespacesOfItsOwnAndEndsAsOne() {
    assertTrue(
        properties(Reach.ofOwn(own))
            .containsAll(
                List.of(
                    "PrivateNetwork=yes",
                    "PrivateUsers=yes",
                    "PrivateIPC=yes",
                    "PrivateDevices=yes",
                    "NoNewPrivileges=yes",
                    "KillMode=control-group")));
  }

  @Test
  void onlyItsOwnFolderAndWhatItIsGivenCanBeWritten() throws IOException {
    Path handOver = Files.createDirectory(folder.resolve("hand over"));
    Path jar = Files.createFile(folder.resolve("a \"b\"\\c.jar"));
    List<String> properties = properties(new Reach(own, List.of(jar), List.of(handOver), false));
    assertTrue(properties.contains("TemporaryFileSystem=/:ro /dev/shm:ro"));
    assertTrue(properties.contains("BindReadOnlyPaths=\"" + folder + "/a \\\"b\\\"\\\\c.jar\""));
    assertEquals(
        List.of(
            "BindPaths=/proc",
            "BindPaths=\"" + handOver + "\"",
            "BindPaths=\"" + own + "\" \"" + own + "\":/tmp"),
        properties.stream().filter(each -> each.startsWith("BindPaths=")).toList());
  }

  @Test
  void secretsOfTheSystemAreNotShown() {
    List<String> properties = properties(Reach.ofOwn(own));
    for (String hidden : List.of("/etc", "/home", "/root", "/run", "/var", "/sys", "/")) {
      assertFalse(properties.contains("BindReadOnlyPaths=\"-" + hidden + "\""), hidden);
    }
    assertTrue(properties.contains("BindReadOnlyPaths=\"-/etc/localtime\""));
  }

  @Test
  void aGpusFilesAreThereForWhoComputesOnOne() {
    String gpu = folder.resolve("dev/nvidia0").toString();
    List<String> properties = properties(new Reach(own, List.of(), List.of(), true));
    assertTrue(
        properties.containsAll(List.of("BindPaths=\"" + gpu + "\"", "DeviceAllow=" + gpu + " rw")));
    assertFalse(properties.toString().contains("sda"));
    assertFalse(properties(Reach.ofOwn(own)).toString().contains("nvidia"));
  }

  @Test
  void itsMemoryIsLimitedWhereTheJudgeSaysHowMuch() {
    assertFalse(properties(Reach.ofOwn(own)).toString().contains("MemoryMax"));
    List<String> command = systemd.within(1 << 30).command(PROGRAM, Reach.ofOwn(own));
    assertTrue(properties(command).containsAll(List.of("MemoryMax=1073741824", "MemorySwapMax=0")));
  }
}
