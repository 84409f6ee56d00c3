package io.nepenthe.cli;

import io.nepenthe.files.Folders;
import io.nepenthe.machine.MemoryWatch;
import io.nepenthe.machine.ResidentMemory;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import io.nepenthe.sandbox.Reach;
import io.nepenthe.worker.CleanEnvironment;
import io.nepenthe.worker.StartedProcesses;
import io.nepenthe.worker.WorkerJvm;
import io.nepenthe.worker.WorkerSettings;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.ParseResult;

/**
 * A command of this program that runs a plugin in its own process, given once more, in a sandbox:
 * it reads the files that its options name, and writes into a folder whose content is taken over
 * when it has ended well.
 */
final class ContainedCommand {
  private final WorkerSettings settings;
  private final ParseResult parsed;
  private final NewFolder out;

  /**
   * Prepares it.
   *
   * @param parsed the command as it was given
   * @param out the folder it is to make
   */
  ContainedCommand(WorkerSettings settings, ParseResult parsed, NewFolder out) {
    this.settings = settings;
    this.parsed = parsed;
    this.out = out;
  }

  /** Runs it, and returns its exit code; what it makes is there if that is 0. */
  int run(boolean usesGpu) {
    try {
      Path own = Files.createTempDirectory("nepenthe-contained-").toRealPath();
      try {
        return run(own, usesGpu);
      } finally {
        Folders.delete(own);
      }
    } catch (IOException e) {
      throw new NepentheException(ErrorCode.IO, "cannot start a sandbox (" + e + ")", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new NepentheException(ErrorCode.INTERRUPTED, "interrupted", e);
    }
  }

  private int run(Path own, boolean usesGpu) throws IOException, InterruptedException {
    Path made = own.resolve("made");
    ProcessBuilder builder =
        new ProcessBuilder(
            settings.containment().sandbox().command(program(own, made), reach(own, usesGpu)));
    CleanEnvironment.leave(builder.environment(), own);
    StartedProcesses started = new StartedProcesses();
    started.mark(builder);
    Process process = builder.start();
    AtomicReference<String> ended = new AtomicReference<>("");
    MemoryWatch memory =
        new MemoryWatch(
            settings.memoryBytes(),
            () -> ResidentMemory.bytes(process.toHandle()),
            why -> {
              ended.set(why);
              process.destroyForcibly();
            });
    try (memory;
        InputStream said = process.getInputStream()) {
      process.getOutputStream().close();
      Thread messages = new Thread(() -> tell(process.getErrorStream()), "messages");
      messages.setDaemon(true);
      messages.start();
      String text = new String(said.readAllBytes(), StandardCharsets.UTF_8);
      int code = process.waitFor();
      messages.join(1000);
      if (!ended.get().isEmpty()) {
        throw new NepentheException(
            ErrorCode.TRIAL_FAILED, "the method failed: " + ended.get() + ". Nothing is written.");
      }
      if (code == 0) {
        out.write(part -> take(made, part));
      }
      System.out.writeBytes(
          text.replace(made.toString(), out.path().toString()).getBytes(StandardCharsets.UTF_8));
      return code;
    } finally {
      started.end(process.toHandle());
    }
  }

  private static void tell(InputStream messages) {
    try (messages) {
      byte[] buffer = new byte[1 << 13];
      for (int read = messages.read(buffer); read >= 0; read = messages.read(buffer)) {
        System.err.write(buffer, 0, read);
        System.err.flush();
      }
    } catch (IOException e) {
      // it has ended
    }
  }

  private List<String> program(Path own, Path made) {
    List<String> program =
        new ArrayList<>(
            List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
    program.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    program.addAll(WorkerJvm.ownFolder(own, settings.containment().sandbox()));
    program.add("-cp");
    program.add(
        WorkerJvm.ownClassPath().stream()
            .map(entry -> entry.toAbsolutePath().toString())
            .collect(Collectors.joining(File.pathSeparator)));
    program.add(Nepenthe.class.getName());
    program.addAll(arguments(parsed.originalArgs(), made));
    return program;
  }

  /** Returns the arguments of a command that is in a sandbox already, and writes elsewhere. */
  static List<String> arguments(List<String> given, Path made) {
    List<String> arguments = new ArrayList<>();
    for (int i = 0; i < given.size(); i++) {
      String word = given.get(i);
      if (word.equals("--out") || word.equals("--sandbox")) {
        i++; // its value
      } else if (!word.startsWith("--out=") && !word.startsWith("--sandbox=")) {
        arguments.add(word);
      }
    }
    arguments.addAll(List.of("--out", made.toString(), "--sandbox", "off"));
    return arguments;
  }

  private Reach reach(Path own, boolean usesGpu) {
    List<Path> readable = new ArrayList<>(WorkerJvm.files(WorkerJvm.ownClassPath()));
    readable.add(Places.home().resolve("plugins"));
    parsed.matchedOptions().stream()
        .filter(option -> !option.longestName().equals("--out"))
        .flatMap(option -> paths(option.getValue()))
        .forEach(readable::add);
    return new Reach(own, readable, List.of(), usesGpu);
  }

  private static Stream<Path> paths(Object value) {
    if (value instanceof Path path) {
      return Stream.of(path);
    }
    if (value instanceof Map<?, ?> map) {
      return map.values().stream().flatMap(ContainedCommand::paths);
    }
    return value instanceof Collection<?> all
        ? all.stream().flatMap(ContainedCommand::paths)
        : Stream.of();
  }

  /** Takes plain files only: a link would lead to where the sandbox does not. */
  private static void take(Path made, Path part) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(made)) {
      for (Path file : files) {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
          throw new IOException(file.getFileName() + " is no plain file");
        }
        Files.move(file, part.resolve(file.getFileName()));
      }
    }
  }
}
