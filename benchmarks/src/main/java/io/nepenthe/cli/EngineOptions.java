package io.nepenthe.cli;

import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the units of a run are done: by workers of this machine, or on a Spark cluster. */
final class EngineOptions {
  enum Engine {
    LOCAL,
    SPARK
  }

  @Option(
      names = "--engine",
      paramLabel = "E",
      description =
          "Who computes: local, worker processes of this machine; spark, the machines of a Spark"
              + " cluster (default: local).")
  private Engine engine = Engine.LOCAL;

  @Option(
      names = "--master",
      paramLabel = "URL",
      description =
          "Of the cluster, as Spark names it: spark://HOST:PORT, yarn, k8s://..., local[2].")
  private @Nullable String master;

  @Option(
      names = "--ship",
      description =
          "The machines share no folders: Spark takes program, plan and models to them, and brings"
              + " results back.")
  private boolean ship;

  @Option(
      names = "--node-cache",
      paramLabel = "DIR",
      description =
          "With --ship: cache folder of each machine, kept between runs (default: one of each"
              + " executor).")
  private @Nullable String nodeCache;

  @Option(
      names = "--conf",
      paramLabel = "KEY=VALUE",
      description = "A setting of Spark, such as spark.executor.memory=4g. Repeatable.")
  private List<String> settings = new ArrayList<>();

  /**
   * Returns the cluster that is to run the units; empty for this machine.
   *
   * @throws NepentheException with BAD_USAGE if the options do not fit together
   */
  Optional<SparkCluster> cluster() {
    if (engine == Engine.LOCAL) {
      if (master != null || ship || nodeCache != null || !settings.isEmpty()) {
        throw wrong("--master, --ship, --node-cache and --conf are of --engine spark. Add that.");
      }
      return Optional.empty();
    }
    if (master == null) {
      throw wrong("--engine spark needs --master, such as spark://HOST:7077, yarn or local[2].");
    }
    if (nodeCache != null && !ship) {
      throw wrong("--node-cache is of --ship: without it, all machines use one cache folder.");
    }
    for (String setting : settings) {
      if (!setting.matches("spark\\.[^=]+=.*")) {
        throw wrong("--conf is '" + setting + "', must be like spark.executor.memory=4g.");
      }
    }
    return Optional.of(
        new SparkCluster(SparkInstallation.find(), master, ship, nodeCache, settings));
  }

  private static NepentheException wrong(String what) {
    return new NepentheException(ErrorCode.BAD_USAGE, what);
  }
}
