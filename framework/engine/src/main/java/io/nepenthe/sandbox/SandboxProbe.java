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
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds out what a machine offers, by starting a program in a sandbox that looks around in it. */
public final class SandboxProbe {
  /** Fails if a file that it is not given is in sight, or a network. */
  private static final String LOOK_AROUND =
      """
      [ ! -e "$1" ] || { echo 'it does not hide files'; exit 1; }
      ! grep -v -e '|' -e '^ *lo:' /proc/net/dev >/dev/null || { echo 'it has a network'; exit 1; }""";

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

  /** Returns the first that works here. */
  public SandboxOffer offer() {
    return all().filter(offer -> offer.sandbox().contains()).findFirst().orElseGet(this::lack);
  }

  /** Returns all that work here. */
  List<Sandbox> offers() {
    return all().map(SandboxOffer::sandbox).filter(Sandbox::contains).toList();
  }

  private SandboxOffer lack() {
    return SandboxOffer.lacking(
        all().map(SandboxOffer::lack).distinct().collect(Collectors.joining(", and ")));
  }

  /** Tries one after the other, as far as is asked for. */
  private Stream<SandboxOffer> all() {
    return Stream.of(
            tried("bwrap", " (of bubblewrap)", Bubblewrap::here),
            tried("systemd-run", "", SystemdRun::ofUser),
            tried("systemd-run", "", SystemdRun::ofSystem))
        .map(Supplier::get);
  }

  /**
   * Returns whether a tool works.
   *
   * @param sandbox made of its path, and its name and version
   */
  private Supplier<SandboxOffer> tried(
      String name, String of, BiFunction<String, String, Sandbox> sandbox) {
    return () ->
        find(name)
            .map(Path::toString)
            .map(
                tool ->
                    tried(
                        tool, sandbox.apply(tool, start.apply(List.of(tool, "--version")).words())))
            .orElseGet(() -> SandboxOffer.lacking("there is no " + name + of + " on the PATH"));
  }

  private SandboxOffer tried(String tool, Sandbox sandbox) {
    try {
      Path folder = Files.createTempDirectory("nepenthe-sandbox-");
      try {
        Path hidden = Files.createFile(folder.resolve("hidden"));
        Path own = Files.createDirectory(folder.resolve("own"));
        List<String> look = List.of("/bin/sh", "-c", LOOK_AROUND, "sh", hidden.toString());
        Outcome looked = start.apply(sandbox.command(look, Reach.ofOwn(own)));
        return looked.succeeded()
            ? SandboxOffer.of(sandbox)
            : SandboxOffer.lacking(tool + " does not work here: " + unended(looked.words()));
      } finally {
        Folders.delete(folder);
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
