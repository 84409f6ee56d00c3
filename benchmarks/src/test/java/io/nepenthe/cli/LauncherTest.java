package io.nepenthe.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where the script that starts the program cannot, it says so in one line. */
class LauncherTest {
  @TempDir private Path folder;

  /** Starts the script with a java that prints its arguments. */
  private String started(String home) throws IOException, InterruptedException {
    Path java = folder.resolve("jdk/bin/java");
    Files.createDirectories(java.getParent());
    Files.writeString(java, "#!/bin/sh\necho \"$@\"\n");
    assertTrue(java.toFile().setExecutable(true));
    Files.writeString(folder.resolve("jdk/release"), "JAVA_VERSION=\"17.0.1\"\n");
    Files.createDirectories(folder.resolve("benchmarks/target/nepenthe/lib"));
    Path script = folder.resolve("nepenthe");
    Files.copy(
        CommandLineRun.root().resolve("nepenthe"), script, StandardCopyOption.REPLACE_EXISTING);
    ProcessBuilder builder =
        new ProcessBuilder("bash", script.toString(), "--version").redirectErrorStream(true);
    builder.environment().put("JAVA_HOME", folder.resolve("jdk").toString());
    builder.environment().put("NEPENTHE_SKIP_BUILD", "1");
    builder.environment().put("NEPENTHE_HOME", home);
    Process process = builder.start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), text);
    return text;
  }

  @Test
  void temporaryFilesLieInTheCacheWhereItCanBeWritten() throws IOException, InterruptedException {
    Path home = folder.resolve("my home");
    assertTrue(started(home.toString()).contains("-Djava.io.tmpdir=" + home.resolve("tmp")));
    assertTrue(Files.isDirectory(home.resolve("tmp")));
    Path file = Files.writeString(folder.resolve("file"), "");
    assertFalse(started(file.toString()).contains("tmpdir"));
  }

  private void isRefused(Path checkout, String words) throws IOException, InterruptedException {
    Path script = checkout.resolve("nepenthe");
    Files.copy(CommandLineRun.root().resolve("nepenthe"), script);
    ProcessBuilder builder =
        new ProcessBuilder("bash", script.toString(), "--version").redirectErrorStream(true);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().remove("NEPENTHE_SKIP_BUILD");
    Process process = builder.start();
    String text =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    assertEquals(1, process.waitFor(), text);
    assertEquals(1, text.lines().count(), text);
    assertTrue(text.startsWith("nepenthe: "), text);
    assertTrue(text.contains(words), text);
  }

  @Test
  void aColonInThePathIsNamed() throws IOException, InterruptedException {
    isRefused(Files.createDirectories(folder.resolve("a:b")), "has a ':' in its path");
  }

  @Test
  void aCheckoutThatCannotBeWrittenIsNamed() throws IOException, InterruptedException {
    Files.writeString(folder.resolve("benchmarks"), "a file where a folder should be");
    for (String part : List.of("framework", "plugins", "reports", "pom.xml")) {
      Files.createDirectories(folder.resolve(part));
    }
    isRefused(folder, "cannot build in " + folder.toRealPath().resolve("benchmarks"));
  }
}
