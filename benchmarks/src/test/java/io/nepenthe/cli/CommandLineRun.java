package io.nepenthe.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.nepenthe.corpus.CorpusPlaces;
import io.nepenthe.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** One call of the command in this process: its exit code and what it printed. */
record CommandLineRun(int exitCode, String out, String err) {
  static { // each test's user has a home, but libraries are unpacked once
    System.setProperty("DJL_CACHE_DIR", CorpusPlaces.engineFolder().toString());
  }

  /** Runs the command as the launcher would, with a home folder of its own. */
  static CommandLineRun of(Path userHome, String... arguments) {
    PrintStream out = System.out;
    PrintStream err = System.err;
    String before = System.getProperty("user.home");
    ByteArrayOutputStream capturedOut = new ByteArrayOutputStream();
    ByteArrayOutputStream capturedErr = new ByteArrayOutputStream();
    System.setProperty("nepenthe.home.dir", root().toString());
    System.setProperty(SandboxOption.DEFAULT, "off"); // whatever the machine has
    System.setProperty("user.home", userHome.toString());
    System.setOut(new PrintStream(capturedOut, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(capturedErr, true, StandardCharsets.UTF_8));
    try {
      int code = Nepenthe.execute(arguments);
      return new CommandLineRun(
          code,
          capturedOut.toString(StandardCharsets.UTF_8),
          capturedErr.toString(StandardCharsets.UTF_8));
    } finally {
      System.setOut(out);
      System.setErr(err);
      System.setProperty("user.home", before);
    }
  }

  /** Returns the root of the sources; tests run in the module's folder. */
  static Path root() {
    return Path.of("..").toAbsolutePath().normalize();
  }

  /** Checks for a mistake: its exit code, one line that holds the words, nothing else. */
  void isMistake(int code, String words) {
    assertEquals(code, exitCode, err);
    assertEquals(1, err.lines().count(), err);
    assertTrue(err.startsWith("nepenthe: "), err);
    assertTrue(err.contains(words), err);
    assertFalse(err.contains("null"), err);
    assertEquals("", out);
  }

  /** Returns the JSON that is all of standard output. */
  JsonNode json() throws JsonProcessingException {
    assertEquals(0, exitCode, err);
    return Json.mapper().readTree(out); // fails on anything before or after it
  }
}
