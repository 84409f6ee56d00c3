package io.nepenthe.spark;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The process of a unit: {@code nepenthe trial}. It ends with this JVM: by a shutdown hook, and
 * where this JVM is killed, by itself, as it is told whose child it is.
 */
final class UnitProcess {
  private static final Set<Process> RUNNING = ConcurrentHashMap.newKeySet();
  private static final int MOST_LINES = 20;

  static {
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> RUNNING.forEach(UnitProcess::destroy), "end-units"));
  }

  /**
   * How it ended.
   *
   * @param exitCode its exit code; above 128 if a signal ended it
   * @param message the last thing it said, without what comes before every line
   * @param said its last lines
   */
  record End(int exitCode, String message, List<String> said) {}

  private UnitProcess() {}

  /**
   * Runs it to its end.
   *
   * @param program folder with the script {@code nepenthe}, and what is built beside it
   * @param arguments of the command
   * @param variables added to the environment of this process
   * @param log file that takes what it says
   */
  static End run(Path program, List<String> arguments, Map<String, String> variables, Path log)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("bash", program.resolve("nepenthe").toString()));
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.redirectOutput(log.toFile());
    Map<String, String> environment = builder.environment();
    environment.remove(
        "MALLOC_ARENA_MAX"); // of the cluster, for Spark: the script knows a better one
    environment.put("NEPENTHE_SKIP_BUILD", "1");
    environment.put("NEPENTHE_PARENT", Long.toString(ProcessHandle.current().pid()));
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    environment.putAll(variables);
    Process process = builder.start();
    process.getOutputStream().close();
    RUNNING.add(process);
    try {
      int code = process.waitFor();
      List<String> said = lastLines(log);
      return new End(code, message(said), said);
    } finally {
      destroy(process);
      RUNNING.remove(process);
    }
  }

  private static void destroy(Process process) {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  private static List<String> lastLines(Path log) throws IOException {
    List<String> lines =
        new String(Files.readAllBytes(log), StandardCharsets.UTF_8)
            .lines()
            .filter(line -> !line.isBlank())
            .toList();
    return lines.subList(Math.max(0, lines.size() - MOST_LINES), lines.size());
  }

  private static String message(List<String> said) {
    String last = said.isEmpty() ? "it said nothing" : said.get(said.size() - 1);
    return last.startsWith("nepenthe: ") ? last.substring("nepenthe: ".length()) : last;
  }
}
