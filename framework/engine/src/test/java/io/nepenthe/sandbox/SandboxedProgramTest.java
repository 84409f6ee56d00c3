package io.nepenthe.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a program in a sandbox can do, where the machine has one. */
class SandboxedProgramTest {
  @TempDir private Path folder;
  private Path own;
  private Path readable;
  private Path writable;
  private Path secret;
  private Sandbox sandbox;

  @BeforeEach
  void setUp() throws IOException {
    String path = System.getenv("PATH");
    SandboxOffer offer = new SandboxProbe(path == null ? "" : path).offer();
    assumeTrue(offer.sandbox().contains(), offer.lack());
    sandbox = offer.sandbox();
    own = Files.createDirectory(folder.resolve("own"));
    readable = Files.writeString(folder.resolve("rows"), "rows");
    writable = Files.createDirectory(folder.resolve("exchange"));
    secret = Files.writeString(folder.resolve("result"), "secret");
  }

  private record Ended(int code, String printed) {}

  /** Runs a script of the shell, which sees the arguments as $1, $2, ... */
  private Ended run(String script, Object... arguments) throws IOException, InterruptedException {
    List<String> program = new ArrayList<>(List.of("/bin/sh", "-c", script, "script"));
    List.of(arguments).forEach(argument -> program.add(argument.toString()));
    Reach reach = new Reach(own, List.of(readable), List.of(writable), false);
    Process process = new ProcessBuilder(sandbox.command(program, reach)).start();
    process.getOutputStream().close();
    String printed =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    assertTrue(process.waitFor(10, TimeUnit.SECONDS));
    return new Ended(process.exitValue(), printed);
  }

  @Test
  void itReadsWhatItIsGivenAndNothingElse() throws Exception {
    assertEquals("rows", run("cat \"$1\"", readable).printed());
    assertFalse(run("cat \"$1\"", secret).printed().contains("secret"));
    assertEquals("", run("cat /etc/passwd /etc/shadow; ls /home /root /run /var").printed());
  }

  @Test
  void itWritesWhereItMayAndNowhereElse() throws Exception {
    Path stranger = folder.resolve("new");
    run("echo a > \"$1\"/model; echo b > /tmp/own", writable);
    assertEquals("a\n", Files.readString(writable.resolve("model")));
    assertEquals("b\n", Files.readString(own.resolve("own")));
    run(
        "for f in \"$@\"; do echo c > \"$f\"; rm \"$f\"; done; echo c > \"$3\"",
        readable,
        secret,
        stranger);
    assertEquals("", run("echo c > /f; echo c > /dev/f; cat /f /dev/f").printed());
    assertEquals("rows", Files.readString(readable));
    assertEquals("secret", Files.readString(secret));
    assertFalse(Files.exists(stranger));
  }

  @Test
  void notEvenRootChangesTheKernelsSettings() throws Exception {
    String same = "f=/proc/sys/vm/swappiness; v=$(cat $f); echo $v > $f && echo written";
    assertEquals("", run(same).printed());
  }

  @Test
  void itSeesNoOtherProcessAndEndsNone() throws Exception {
    Process other = new ProcessBuilder("sleep", "60").start();
    try {
      assertEquals("", run("cat /proc/$1/environ; kill -9 $1", other.pid()).printed());
      assertTrue(other.isAlive());
    } finally {
      other.destroyForcibly();
    }
  }

  @Test
  void itHasNoNetwork() throws Exception {
    assertEquals("lo", run("tail -n +3 /proc/net/dev | cut -d: -f1 | tr -d ' '").printed());
  }

  @Test
  void itsExitCodeAndSignalsArePassedOn() throws Exception {
    assertEquals(7, run("exit 7").code());
    assertEquals(128 + 9, run("kill -9 $$").code());
  }

  @Test
  void whatItLeavesBehindEndsWithIt() throws Exception {
    Path alive = Files.createFile(own.resolve("alive"));
    run("(while :; do echo alive >> /tmp/alive; sleep 0.01; done) > /dev/null 2>&1 & sleep 0.05");
    long size = Files.size(alive);
    assertTrue(size > 0);
    TimeUnit.MILLISECONDS.sleep(60);
    assertEquals(size, Files.size(alive));
  }
}
