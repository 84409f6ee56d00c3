package io.nepenthe.timing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nepenthe.sandbox.Reach;
import io.nepenthe.sandbox.Sandbox;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the JVM is started in which JMH times a plugin. */
class ForkLauncherTest {
  /** Prints each word that it is given on a line of its own, and then its environment. */
  private static final String ECHO = "#!/bin/sh\nprintf '%s\\n' \"$@\" --; env\n";

  @TempDir private Path folder;
  private Path own;
  private Path java;

  /** Starts programs behind a word, as if that were a tool. */
  private static final class Marked implements Sandbox {
    @Override
    public String name() {
      return "marked";
    }

    @Override
    public List<String> command(List<String> program, Reach reach) {
      List<String> command = new ArrayList<>(List.of("env", "MARK=" + reach.own()));
      command.addAll(program);
      return command;
    }
  }

  @BeforeEach
  void setUp() throws IOException {
    own = Files.createDirectory(folder.resolve("it's own"));
    java = Files.writeString(folder.resolve("ja va"), ECHO);
  }

  private List<String> started(Sandbox sandbox, String... arguments) throws Exception {
    String script =
        new ForkLauncher(sandbox)
            .script("/bin/sh", Reach.ofOwn(own), Map.of("LANG", "C", "TZ", "U T'C"));
    List<String> command =
        new ArrayList<>(List.of("/bin/sh", "-c", script, "java", java.toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("SECRET", "s");
    Process process = builder.start();
    process.getOutputStream().close();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), printed);
    return printed.lines().toList();
  }

  @Test
  void javaGetsJmhsArgumentsAndNothingOfTheUsersEnvironment() throws Exception {
    List<String> seen = started(Sandbox.NONE, "-Da=b c", ContainedFork.JMH, "127.0.0.1", "1");
    assertEquals(List.of("-Da=b c", ContainedFork.JMH, "127.0.0.1", "1", "--"), seen.subList(0, 5));
    assertTrue(seen.containsAll(List.of("LANG=C", "TZ=U T'C")), seen.toString());
    assertFalse(seen.contains("SECRET=s"));
  }

  @Test
  void inASandboxItTalksThroughPipes() throws Exception {
    List<String> seen = started(new Marked(), "-cp", "x", ContainedFork.JMH, "127.0.0.1", "1");
    assertEquals(
        List.of("-cp", "x", ContainedFork.class.getName(), "127.0.0.1", "1"), seen.subList(0, 5));
    assertTrue(seen.contains("MARK=" + own), seen.toString());
  }

  @Test
  void whatJmhAsksOfAJvmWithoutAPluginIsAnsweredOutside() throws Exception {
    List<String> seen = started(new Marked(), "org.openjdk.jmh.runner.PrintPropertiesMain", "f");
    assertEquals(List.of("org.openjdk.jmh.runner.PrintPropertiesMain", "f"), seen.subList(0, 2));
    assertFalse(seen.contains("MARK=" + own));
  }
}
