package io.nepenthe.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.engine.EngineException;
import com.fasterxml.jackson.databind.JsonNode;
import io.nepenthe.json.Json;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class AnyMachineTest {
  @TempDir private Path folder;

  /** Runs the command in a process of its own; returns what it printed. */
  private String run(int exitCode, Map<String, String> environment, List<String> options)
      throws IOException, InterruptedException {
    int code = started(environment, options).waitFor();
    String text = Files.readString(folder.resolve("printed"));
    assertEquals(exitCode, code, text);
    return text;
  }

  private Process started(Map<String, String> environment, List<String> options)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options.subList(0, options.indexOf("nepenthe")));
    command.add("-Dnepenthe.home.dir=" + CommandLineRun.root());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Nepenthe.class.getName()));
    command.addAll(options.subList(options.indexOf("nepenthe") + 1, options.size()));
    Path printed = folder.resolve("printed");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(printed.toFile());
    builder.environment().keySet().removeAll(List.of("HOME", "NEPENTHE_HOME", "NEPENTHE_DATA"));
    builder.environment().putAll(environment);
    return builder.start();
  }

  @Test
  void aSignalIsAnsweredByAWord() throws IOException, InterruptedException {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String mirror = "http://127.0.0.1:" + silent.getLocalPort();
      Process fetch =
          started(
              Map.of("NEPENTHE_HOME", folder.toString()),
              List.of("nepenthe", "data", "fetch", "wikitext-2", "--from", mirror));
      silent.setSoTimeout(60_000);
      try (Socket asked = silent.accept()) {
        fetch.destroy();
        assertEquals(143, fetch.waitFor(), asked.toString());
      }
      assertEquals(
          "nepenthe: interrupted; the same command continues",
          Files.readString(folder.resolve("printed")).strip());
    }
  }

  @Test
  void digitsAreTheSameInEveryLocale() throws IOException, InterruptedException {
    String text =
        run(
            0,
            Map.of("NEPENTHE_HOME", folder.toString()),
            List.of("-Duser.language=ar", "-Duser.country=EG", "nepenthe", "data", "list"));
    assertTrue(text.contains("about 7 MB to download"), text);
  }

  @Test
  void aUserWithoutAHomeIsAskedForAPlace() throws IOException, InterruptedException {
    String text = run(8, Map.of(), List.of("-Duser.home=?", "nepenthe", "data", "list"));
    assertEquals(
        "nepenthe: this user has no home folder. Set NEPENTHE_HOME to a folder for caches.\n",
        text);
  }

  @Test
  void jsonIsUtf8WhateverTheCharset() throws IOException, InterruptedException {
    assumeTrue(
        "UTF-8".equals(System.getProperty("sun.jnu.encoding")),
        "this locale has no file names with an umlaut");
    Path mine = Files.createDirectories(folder.resolve("data/mine"));
    Files.writeString(mine.resolve("train.txt"), "x\n");
    Files.writeString(mine.resolve("M\u00fcll.txt"), "x\n");
    String text =
        run(
            0,
            Map.of("NEPENTHE_HOME", folder.toString()),
            List.of("-Dfile.encoding=US-ASCII", "nepenthe", "data", "list", "--json"));
    assertTrue(text.contains("without M\u00fcll.txt"), text);
  }

  @Test
  void everyErrorIsOneLineAndAnExitCode() {
    is(8, "memory is too small (Java heap space)", new OutOfMemoryError("Java heap space"));
    is(8, "memory is too small", new IllegalStateException(new OutOfMemoryError()));
    is(8, "libtorch cannot be", new UnsatisfiedLinkError("no permission\nat all"));
    is(8, "libtorch cannot be", new ExceptionInInitializerError(new UnsatisfiedLinkError("x")));
    is(8, "set LC_ALL to a UTF-8 locale", new InvalidPathException("M\u00fcll", "Malformed input"));
    is(1, "internal error: java.lang.StackOverflowError", new StackOverflowError());
    is(
        8,
        "memory is too small",
        new EngineException("DefaultCPUAllocator: can't allocate memory: you tried 9 bytes"));
    is(8, "memory is too small", new EngineException("CUDA out of memory. Tried 9 GiB"));
    is(1, "internal error", new EngineException("shape mismatch"));
    is(1, "internal error", new AssertionError("one\ntwo"));
    is(6, "wrong", new IllegalStateException(new NepentheException(ErrorCode.BAD_DATA, "wrong")));
    Exception loop = new Exception("loop");
    loop.initCause(new Exception("other", loop));
    is(1, "internal error", loop);
  }

  @Test
  void adviceOnTheHeapFitsTheMachine() {
    assertTrue(Memory.advice(2048, 65536).endsWith("set NEPENTHE_JAVA_OPTS=-Xmx8192m"));
    assertTrue(Memory.advice(2048, 8192).endsWith("set NEPENTHE_JAVA_OPTS=-Xmx4096m"));
    assertTrue(Memory.advice(8192, 65536).endsWith("set NEPENTHE_JAVA_OPTS=-Xmx16384m"));
    assertTrue(Memory.advice(2048, 4000).endsWith("take a machine with more"));
  }

  /** The launcher, with a java in place of Java that prints its locale. */
  @ParameterizedTest
  @CsvSource({"LC_ALL, C", "LC_ALL, POSIX", "LANG, C", "LC_ALL, xx_YY.UTF-8", "LANG, ''"})
  void namesAreUtf8WhereTheLocaleIsNot(String name, String locale)
      throws IOException, InterruptedException {
    Path root = Files.createDirectories(folder.resolve("home"));
    Path launcher =
        Files.copy(
            CommandLineRun.root().resolve("nepenthe"),
            root.resolve("nepenthe"),
            StandardCopyOption.COPY_ATTRIBUTES);
    Files.createDirectories(root.resolve("benchmarks/target/nepenthe/lib"));
    Path java = Files.createDirectories(root.resolve("jdk/bin")).resolve("java");
    Files.writeString(root.resolve("jdk/release"), "JAVA_VERSION=\"17.0.1\"\n");
    Files.writeString(java, "#!/bin/sh\nlocale charmap\n");
    assertTrue(java.toFile().setExecutable(true));
    Path printed = folder.resolve("printed");
    ProcessBuilder builder =
        new ProcessBuilder("bash", launcher.toString()).redirectOutput(printed.toFile());
    builder.environment().keySet().removeAll(List.of("LC_ALL", "LC_CTYPE", "LANG"));
    builder.environment().put(name, locale);
    builder.environment().put("NEPENTHE_SKIP_BUILD", "1");
    builder.environment().put("JAVA_HOME", root.resolve("jdk").toString());
    builder.environment().put("NEPENTHE_HOME", folder.toString());
    assertEquals(0, builder.start().waitFor());
    assertEquals("UTF-8", Files.readString(printed).strip());
  }

  private static void is(int exitCode, String words, Throwable thrown) {
    Failure failure = Failure.of(thrown);
    assertEquals(exitCode, failure.exitCode());
    assertTrue(failure.line().contains(words), failure.line());
    assertEquals(1, failure.line().lines().count(), failure.line());
  }

  @Test
  void jsonHoldsNoNumberThatIsNone() throws IOException {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("a", Double.NaN);
    values.put("b", List.of(1.5, Double.NEGATIVE_INFINITY));
    values.put("c", List.of(Map.of("d", Float.POSITIVE_INFINITY)));
    JsonNode json = Json.mapper().readTree(StrictJson.pretty(values));
    assertTrue(json.get("a").isNull());
    assertEquals("NaN", json.get("aNotFinite").asText());
    assertEquals(1.5, json.get("b").get(0).asDouble());
    assertTrue(json.get("b").get(1).isNull());
    assertEquals("[1] -Infinity", json.get("bNotFinite").asText());
    assertTrue(json.get("c").get(0).get("d").isNull());
    assertEquals("Infinity", json.get("c").get(0).get("dNotFinite").asText());
    assertEquals("null\n", StrictJson.pretty(Double.NaN));
    assertFalse(StrictJson.pretty(Map.of("a", 1.0)).contains("NotFinite"));
  }

  @Test
  void jsonThatCannotBeWrittenIsAFailure() {
    OutputStream full =
        new OutputStream() {
          @Override
          public void write(int one) throws IOException {
            throw new IOException("No space left on device");
          }
        };
    PrintStream out = System.out;
    JsonOption json = new JsonOption();
    new CommandLine(json).parseArgs("--json");
    System.setOut(new PrintStream(full, false, StandardCharsets.UTF_8));
    try {
      NepentheException e =
          assertThrows(NepentheException.class, () -> json.print(Map.of("a", 1), "text"));
      assertEquals(ErrorCode.IO, e.code());
    } finally {
      System.setOut(out);
    }
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    System.setOut(new PrintStream(written, false, StandardCharsets.US_ASCII));
    try {
      json.print(Map.of("a", "\u00e9"), "text");
    } finally {
      System.setOut(out);
    }
    assertTrue(written.toString(StandardCharsets.UTF_8).contains("\u00e9"));
  }
}
