package io.nepenthe.spark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A standalone cluster on this machine, of the jars that Maven copied: a master, and workers. */
final class TestCluster implements AutoCloseable {
  static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();

  private static final Path SPARK_CLASS = ROOT.resolve("framework/spark/spark-class");
  private static final Pattern URL = Pattern.compile("Starting Spark master at (spark://\\S+)");
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final Path folder;
  private final List<Process> processes = new ArrayList<>();
  private final String url;

  TestCluster(Path folder) throws IOException, InterruptedException {
    this.folder = Files.createDirectories(folder);
    Path log = folder.resolve("master.log");
    start(
        log,
        Map.of(),
        "org.apache.spark.deploy.master.Master",
        "--host",
        "127.0.0.1",
        "--port",
        "0",
        "--webui-port",
        "0");
    await("a master", () -> URL.matcher(read(log)).find());
    Matcher found = URL.matcher(read(log));
    if (!found.find()) {
      throw new AssertionError(read(log));
    }
    url = found.group(1);
  }

  String url() {
    return url;
  }

  /**
   * Starts a worker of two cores that knows resources, of one core if it knows none, and returns
   * its process when the master knows it.
   */
  Process worker(String name, String... options) throws IOException, InterruptedException {
    Path log = folder.resolve(name + ".log");
    List<String> command =
        new ArrayList<>(
            List.of(
                "org.apache.spark.deploy.worker.Worker",
                url,
                "--host",
                "127.0.0.1",
                "--webui-port",
                "0",
                "--cores",
                options.length == 0 ? "1" : "2",
                "--memory",
                "2g",
                "--work-dir",
                folder.resolve(name).toString()));
    Process worker =
        start(
            log,
            Map.of("SPARK_WORKER_OPTS", String.join(" ", options)),
            command.toArray(String[]::new));
    await("a worker", () -> read(log).contains("Successfully registered with master"));
    return worker;
  }

  private Process start(Path log, Map<String, String> variables, String... command)
      throws IOException {
    List<String> words = new ArrayList<>(List.of("bash", SPARK_CLASS.toString()));
    words.addAll(List.of(command));
    ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
    builder.redirectOutput(log.toFile());
    environment(builder.environment());
    builder.environment().put("SPARK_DAEMON_MEMORY", "256m");
    builder.environment().putAll(variables);
    Process process = builder.start();
    processes.add(process);
    return process;
  }

  /** Sets what every process of a test sees: no Spark and no settings of the user. */
  static void environment(Map<String, String> variables) {
    variables.keySet().removeIf(name -> name.startsWith("SPARK_") || name.startsWith("NEPENTHE_"));
    variables.put("JAVA_HOME", System.getProperty("java.home"));
    variables.put("SPARK_LOCAL_IP", "127.0.0.1");
    // Libraries are unpacked once, whatever cache folder a process has.
    variables.putIfAbsent("DJL_CACHE_DIR", System.getProperty("user.home") + "/.djl.ai");
  }

  static void await(String what, BooleanSupplier holds) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!holds.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("no " + what + " in " + PATIENCE);
      }
      Thread.sleep(20);
    }
  }

  static String read(Path file) {
    try {
      return Files.exists(file) ? Files.readString(file) : "";
    } catch (IOException e) {
      return ""; // just being written
    }
  }

  @Override
  public void close() {
    processes.forEach(Process::destroyForcibly);
    processes.forEach(each -> each.onExit().join());
  }
}
