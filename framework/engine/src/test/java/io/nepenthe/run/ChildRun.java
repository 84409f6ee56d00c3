package io.nepenthe.run;

import io.nepenthe.json.Json;
import io.nepenthe.suite.Suite;
import java.io.IOException;
import java.nio.file.Path;

/** A run in a process of its own, which a test can kill. */
final class ChildRun {
  private ChildRun() {}

  /** Starts a run of a suite into {@code out} and {@code cache} of a folder. */
  static Process start(Suite suite, Path home, Path plugins, Path log) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Dai.djl.offline=true",
            "-DOPT_OUT_TRACKING=true",
            "-Dai.djl.pytorch.num_threads=1",
            "-cp",
            System.getProperty("java.class.path"),
            ChildRun.class.getName(),
            Json.line(suite),
            home.toString(),
            plugins.toString())
        .redirectErrorStream(true)
        .redirectOutput(log.toFile())
        .start();
  }

  public static void main(String[] arguments) throws IOException {
    Suite suite = Json.mapper().readValue(arguments[0], Suite.class);
    Path home = Path.of(arguments[1]);
    TinySuite.runInProcesses(
        suite, Path.of(arguments[2]), home.resolve("out"), home.resolve("cache"));
  }
}
