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
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** What a program in a sandbox can do, in each that the machine has. */
@ParameterizedClass
@MethodSource("sandboxes")
class SandboxedProgramTest {
  /** What a shell, and systemd, would take apart. */
  private static final String ODD = "it's a \"$HOME\" %h: \\n\nand more";

  @TempDir private Path folder;
  private Path own;
  private Path readable;
  private Path writable;
  private Path secret;
  @Parameter private Sandbox sandbox;

  static List<Sandbox> sandboxes() {
    String path = System.getenv("PATH");
    List<Sandbox> offers = new SandboxProbe(path == null ? "" : path).offers();
    return offers.isEmpty() ? List.of(Sandbox.NONE) : offers;
  }

  @BeforeEach
  void setUp() throws IOException {
    assumeTrue(sandbox.contains(), "no sandbox works here");
    own = Files.createDirectory(folder.resolve("own"));
    readable = Files.writeString(folder.resolve("all rows: 1"), "rows");
    writable = Files.createDirectory(folder.resolve("exchange"));
    secret = Files.writeString(folder.resolve("result"), "secret");
  }

  private record Ended(int code, String printed) {}

  /** Runs a script of the shell, which sees the arguments as $1, $2, ... */
  private Ended run(String script, Object... arguments) throws IOException, InterruptedException {
    List<String> program = new ArrayList<>(List.of("/bin/sh", "-c", script, "script"));
    List.of(arguments).forEach(argument -> program.add(argument.toString()));
    Reach reach = new Reach(own, List.of(readable), List.of(writable), false);
    ProcessBuilder builder = new ProcessBuilder(sandbox.command(program, reach));
    builder.environment().put("ODD", ODD);
    Process process = builder.start();
    process.getOutputStream().write("asked".getBytes(StandardCharsets.UTF_8));
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
    assertEquals(
        "",
        run("cat /etc/passwd /etc/shadow; for d in home root run var; do ls -A /$d; done")
            .printed());
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
  void itsEnvironmentInputAndFolderAreThoseOfItsCommand() throws Exception {
    String script = "printf '%s|' \"$ODD\"; cat; printf '|'; pwd";
    assertEquals(ODD + "|asked|" + Path.of("").toAbsolutePath(), run(script).printed());
  }

  @Test
  void itEndsWithinASecondOrTwoOfTheProcessThatWaitsForIt() throws Exception {
    Path alive = Files.createFile(own.resolve("alive"));
    List<String> program =
        List.of("/bin/sh", "-c", "while :; do echo alive >> /tmp/alive; sleep 0.01; done");
    Process process =
        new ProcessBuilder(sandbox.command(program, Reach.ofOwn(own)))
            .redirectErrorStream(true)
            .start();
    while (Files.size(alive) == 0) {
      TimeUnit.MILLISECONDS.sleep(5);
    }
    process.destroyForcibly();
    long size = -1;
    for (int i = 0; i < 100 && size != Files.size(alive); i++) {
      size = Files.size(alive);
      TimeUnit.MILLISECONDS.sleep(60);
    }
    assertEquals(size, Files.size(alive));
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
