package io.nepenthe.sandbox;

import io.nepenthe.files.Folders;
import io.nepenthe.wording.Words;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Finds out what a machine offers, by starting a program that does nothing in a sandbox. */
public final class SandboxProbe {
  private static final String BWRAP = "bwrap";
  private static final List<String> NOTHING = List.of("/bin/sh", "-c", ":");
  private static final int MOST_WORDS = 4096;
  private static final int MOST_SECONDS = 10;

  private final List<Path> folders;
  private final Function<List<String>, Outcome> start;

  /**
   * Prepares one.
   *
   * @param path folders of programs, as the variable PATH lists them; what is no absolute path
   *     names none
   */
  public SandboxProbe(String path) {
    this(path, SandboxProbe::run);
  }

  /** Prepares one that starts commands in a way of its own. */
  SandboxProbe(String path, Function<List<String>, Outcome> start) {
    this.start = start;
    this.folders =
        Pattern.compile(File.pathSeparator, Pattern.LITERAL)
            .splitAsStream(path)
            .filter(folder -> !folder.isBlank())
            .map(Path::of)
            .filter(Path::isAbsolute)
            .toList();
  }

  /** Returns what works here. */
  public SandboxOffer offer() {
    Optional<Path> tool = find(BWRAP);
    if (tool.isEmpty()) {
      return SandboxOffer.lacking("there is no bwrap (of bubblewrap) on the PATH");
    }
    Outcome version = start.apply(List.of(tool.get().toString(), "--version"));
    Bubblewrap bubblewrap = Bubblewrap.here(tool.get().toString(), version.words());
    try {
      Path own = Files.createTempDirectory("nepenthe-sandbox-");
      try {
        Outcome nothing = start.apply(bubblewrap.command(NOTHING, Reach.ofOwn(own)));
        return nothing.succeeded()
            ? SandboxOffer.of(bubblewrap)
            : SandboxOffer.lacking(tool.get() + " does not work here: " + unended(nothing.words()));
      } finally {
        Folders.delete(own);
      }
    } catch (IOException e) {
      return SandboxOffer.lacking("cannot make a temporary folder (" + e + ")");
    }
  }

  /** Words that go on. */
  private static String unended(String words) {
    return words.endsWith(".") ? words.substring(0, words.length() - 1) : words;
  }

  private Optional<Path> find(String program) {
    return folders.stream()
        .map(folder -> folder.resolve(program))
        .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
        .findFirst();
  }

  /**
   * How a command ended.
   *
   * @param succeeded whether its exit code is 0
   * @param words the first line that it printed
   */
  record Outcome(boolean succeeded, String words) {}

  private static Outcome run(List<String> command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      try {
        process.getOutputStream().close();
        if (!process.waitFor(MOST_SECONDS, TimeUnit.SECONDS)) {
          return new Outcome(false, "no end within " + MOST_SECONDS + " s");
        }
        byte[] said = process.getInputStream().readNBytes(MOST_WORDS);
        return new Outcome(
            process.exitValue() == 0, Words.line(new String(said, StandardCharsets.UTF_8).strip()));
      } finally {
        process.destroyForcibly();
      }
    } catch (IOException e) {
      return new Outcome(false, Words.line(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Outcome(false, "interrupted");
    }
  }
}
