package io.nepenthe.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A cluster, and how to use it.
 *
 * @param spark what to submit with
 * @param master its URL
 * @param ship whether its machines share no folders with this one
 * @param nodeCache cache folder of each machine if they do not; null for one of each executor
 * @param settings of Spark, each as {@code key=value}
 */
record SparkCluster(
    SparkInstallation spark,
    String master,
    boolean ship,
    @Nullable String nodeCache,
    List<String> settings) {
  /** Of the user's environment, what a unit's process is to see on other machines. */
  private static final List<String> HANDED_ON =
      List.of(
          "NEPENTHE_DATA",
          "NEPENTHE_JAVA_OPTS",
          "NEPENTHE_WORKER_JAVA_OPTS",
          "PYTORCH_LIBRARY_PATH",
          "PYTORCH_VERSION",
          "PYTORCH_FLAVOR");

  SparkCluster {
    settings = List.copyOf(settings);
  }

  /**
   * Returns the command that does units of a plan there.
   *
   * @param name of the application
   * @param plan folder of the plan
   * @param indices file that lists the units
   * @param unitOptions of the command that does a unit
   */
  List<String> command(String name, Path plan, Path run, Path indices, List<String> unitOptions) {
    List<String> command = new ArrayList<>(spark.submit());
    command.addAll(List.of("--master", master, "--deploy-mode", "client", "--name", name));
    handedOn(System.getenv())
        .forEach((key, value) -> set(command, "spark.executorEnv." + key + "=" + value));
    settings.forEach(setting -> set(command, setting));
    command.addAll(List.of("--class", "io.nepenthe.spark.SparkDriver", spark.jar().toString()));
    command.addAll(List.of("--plan", plan.toString(), "--run", run.toString()));
    command.addAll(List.of("--cache", Places.cache().toString()));
    command.addAll(List.of("--program", Places.home().toString()));
    command.addAll(List.of("--index", "@" + indices, "--attached"));
    if (ship) {
      command.add("--ship");
    }
    if (nodeCache != null) {
      command.addAll(List.of("--node-cache", nodeCache));
    }
    command.add("--");
    command.addAll(unitOptions);
    return command;
  }

  private static void set(List<String> command, String setting) {
    command.addAll(List.of("--conf", setting));
  }

  private static Map<String, String> handedOn(Map<String, String> environment) {
    Map<String, String> handed = new TreeMap<>(environment);
    handed.keySet().retainAll(HANDED_ON);
    return handed;
  }
}
