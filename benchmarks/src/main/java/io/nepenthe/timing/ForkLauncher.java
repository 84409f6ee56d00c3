package io.nepenthe.timing;

import io.nepenthe.sandbox.Reach;
import io.nepenthe.sandbox.Sandbox;
import io.nepenthe.worker.CleanEnvironment;
import io.nepenthe.worker.Slot;
import io.nepenthe.worker.StartedProcesses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The program that JMH takes for its JVM: starts Java as workers are started, with a clean
 * environment and, if there is one, in a sandbox. JMH starts nothing but a JVM of its own
 * environment.
 */
final class ForkLauncher {
  private final Sandbox sandbox;
  private final StartedProcesses started = new StartedProcesses();

  ForkLauncher(Sandbox sandbox) {
    this.sandbox = sandbox;
  }

  /**
   * Writes it into the fork's own folder, and returns its path.
   *
   * @param slot where the fork computes
   */
  Path write(Path place, Reach reach, Slot slot) throws IOException {
    ProcessBuilder environment = new ProcessBuilder();
    CleanEnvironment.leave(environment.environment(), reach.own());
    environment.environment().putAll(slot.environment());
    started.mark(environment);
    Files.writeString(place, script(java(), reach, environment.environment()));
    if (!place.toFile().setExecutable(true)) {
      throw new IOException("cannot make " + place + " a program");
    }
    return place;
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  /** Ends what the forks have left behind. */
  void end() {
    started.endLeftBehind();
  }

  /**
   * Returns the shell's words. JMH also asks a JVM for its properties; no plugin is there.
   *
   * @param java path of Java
   */
  String script(String java, Reach reach, Map<String, String> environment) {
    List<String> command = new ArrayList<>(List.of("env", "-i"));
    new TreeMap<>(environment).forEach((name, value) -> command.add(name + "=" + value));
    command.addAll(sandbox.command(List.of(java), reach));
    String exec = command.stream().map(ForkLauncher::quoted).collect(Collectors.joining(" "));
    String main = sandbox.contains() ? ContainedFork.class.getName() : ContainedFork.JMH;
    return String.join(
        "\n",
        "#!/bin/sh",
        "# Starts the JVM in which JMH times a plugin.",
        "case \" $* \" in *\" "
            + ContainedFork.JMH
            + " \"*) ;; *) exec "
            + quoted(java)
            + " \"$@\" ;; esac",
        "for word do",
        "  shift",
        "  [ \"$word\" != " + ContainedFork.JMH + " ] || word=" + main,
        "  set -- \"$@\" \"$word\"",
        "done",
        "ulimit -c 0",
        "exec " + exec + " \"$@\"",
        "");
  }

  private static String quoted(String word) {
    return "'" + word.replace("'", "'\\''") + "'";
  }
}
