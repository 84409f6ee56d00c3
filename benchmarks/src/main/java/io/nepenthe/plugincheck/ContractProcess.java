package io.nepenthe.plugincheck;

import io.nepenthe.json.Json;
import io.nepenthe.machine.MemoryWatch;
import io.nepenthe.machine.ResidentMemory;
import io.nepenthe.pluginhost.InstalledPlugin;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import io.nepenthe.sandbox.Reach;
import io.nepenthe.testkit.ContractRule;
import io.nepenthe.worker.CleanEnvironment;
import io.nepenthe.worker.StartedProcesses;
import io.nepenthe.worker.WorkerJvm;
import io.nepenthe.worker.WorkerSettings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Lets processes look at a plugin's promises, each within a time. A promise during which its
 * process ends, or does not come to an end, is broken; another process goes on with the rest.
 */
final class ContractProcess {
  /** Why nothing is checked of a method whose class does not come into being. */
  static final String NO_CLASS = "the method's class could not be made";

  private static final Duration TO_START = Duration.ofSeconds(60);
  private static final String NO_END = "the method does not come to an end of its own";
  private static final int LONGEST_ANSWER = 64 << 10;
  private static final int MILLIS_BETWEEN_LOOKS = 20;

  private final InstalledPlugin plugin;
  private final Path folder;
  private final Duration budget;
  private final WorkerSettings settings;
  private volatile String endedBecause = "";

  /**
   * Prepares one.
   *
   * @param folder an empty folder, for verdicts and for what the plugin writes
   * @param budget time for each promise
   * @param settings how the processes are started
   */
  ContractProcess(InstalledPlugin plugin, Path folder, Duration budget, WorkerSettings settings) {
    this.plugin = plugin;
    this.folder = folder.toAbsolutePath();
    this.budget = budget;
    this.settings = settings;
  }

  /** Returns the verdicts on these promises, in their order. */
  List<RuleVerdict> verdicts(Set<ContractRule> rules) {
    Set<ContractRule> left = EnumSet.copyOf(rules);
    List<RuleVerdict> verdicts = new ArrayList<>();
    try {
      while (!left.isEmpty()) {
        run(left, verdicts);
      }
      return verdicts;
    } catch (IOException e) {
      throw new NepentheException(ErrorCode.IO, "cannot check " + plugin.jar() + " (" + e + ")", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new NepentheException(ErrorCode.INTERRUPTED, "interrupted", e);
    }
  }

  private void run(Set<ContractRule> left, List<RuleVerdict> verdicts)
      throws IOException, InterruptedException {
    endedBecause = "";
    Files.deleteIfExists(folder.resolve(ContractWorker.BEGUN));
    Files.deleteIfExists(folder.resolve(ContractWorker.LOADED));
    StartedProcesses started = new StartedProcesses();
    ProcessBuilder builder =
        new ProcessBuilder(settings.containment().sandbox().command(program(left), reach()));
    CleanEnvironment.leave(builder.environment(), folder);
    started.mark(builder);
    Process process =
        builder
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    MemoryWatch memory =
        new MemoryWatch(
            settings.memoryBytes(),
            () -> ResidentMemory.bytes(process.toHandle()),
            why -> {
              endedBecause = why;
              process.destroyForcibly();
            });
    try (memory) {
      for (ContractRule rule : List.copyOf(left)) {
        RuleVerdict verdict = verdict(process, rule);
        verdicts.add(verdict);
        left.remove(rule);
        if (!hasAnswered(rule)) { // it hangs, or is gone
          if (rule == ContractRule.LEAVES_FINITE_WEIGHTS) {
            leaveOut(left, NO_END, verdicts);
          } else if (!isThere(ContractWorker.LOADED)) {
            leaveOut(left, NO_CLASS, verdicts);
          }
          return;
        }
      }
    } finally {
      started.end(process.toHandle());
      process.waitFor(10, TimeUnit.SECONDS);
    }
  }

  private static void leaveOut(Set<ContractRule> left, String why, List<RuleVerdict> verdicts) {
    left.forEach(rule -> verdicts.add(RuleVerdict.notChecked(rule.id(), why)));
    left.clear();
  }

  private boolean isThere(String mark) {
    return Files.isRegularFile(folder.resolve(mark));
  }

  private Reach reach() {
    List<Path> readable = new ArrayList<>(WorkerJvm.files(WorkerJvm.ownClassPath()));
    readable.add(plugin.jar());
    return new Reach(folder, readable, List.of(), false);
  }

  private List<String> program(Set<ContractRule> rules) {
    List<String> command =
        new ArrayList<>(
            List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
    command.addAll(
        WorkerJvm.options(
            1, folder, WorkerJvm.ownFolder(folder, settings.containment().sandbox())));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(ContractWorker.class.getName());
    command.addAll(List.of(folder.toString(), plugin.jar().toString(), plugin.sha256()));
    rules.forEach(rule -> command.add(rule.name()));
    return command;
  }

  private Path answer(ContractRule rule) {
    return folder.resolve(rule.id() + ".json");
  }

  private boolean hasAnswered(ContractRule rule) {
    return Files.isRegularFile(answer(rule));
  }

  private RuleVerdict verdict(Process process, ContractRule rule)
      throws IOException, InterruptedException {
    boolean begun = false;
    long end = System.nanoTime() + TO_START.toNanos();
    while (!hasAnswered(rule)) {
      if (!begun && isThere(ContractWorker.BEGUN)) {
        begun = true;
        end = System.nanoTime() + budget.toNanos();
      }
      if (System.nanoTime() > end) {
        Duration time = begun ? budget : TO_START;
        return broken(rule, "it did not come to an end within " + time.toSeconds() + " s");
      }
      if (process.waitFor(MILLIS_BETWEEN_LOOKS, TimeUnit.MILLISECONDS) && !hasAnswered(rule)) {
        return broken(
            rule,
            endedBecause.isEmpty()
                ? "the process ended, with exit code " + process.exitValue()
                : endedBecause);
      }
    }
    try (InputStream in = Files.newInputStream(answer(rule))) {
      byte[] json = in.readNBytes(LONGEST_ANSWER);
      RuleVerdict verdict =
          Json.mapper().readValue(new String(json, StandardCharsets.UTF_8), RuleVerdict.class);
      return verdict != null && rule.id().equals(verdict.rule())
          ? verdict
          : broken(rule, "there is no verdict");
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      return broken(rule, "its verdict cannot be read");
    }
  }

  private static RuleVerdict broken(ContractRule rule, String found) {
    return new RuleVerdict(rule.id(), Verdict.FAILED, found, rule.advice());
  }
}
