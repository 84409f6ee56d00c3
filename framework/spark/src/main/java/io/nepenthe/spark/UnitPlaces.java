package io.nepenthe.spark;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.SparkFiles;

/**
 * Where a unit finds what it needs, and leaves its results: in folders that all machines share, or
 * in those of its executor, to which Spark ships program and plan.
 *
 * @param isShared whether all machines see the driver's folders
 * @param plan the driver's folder of the plan
 * @param run the driver's folder of results
 * @param cache the driver's cache folder, NEPENTHE_HOME
 * @param program folder with the script {@code nepenthe} of the driver
 * @param nodeCache cache folder of a machine where nothing is shared; empty for one of the executor
 */
record UnitPlaces(
    boolean isShared, String plan, String run, String cache, String program, String nodeCache)
    implements Serializable {
  static final String SHIPPED_PLAN = "nepenthe-plan";
  static final String SHIPPED_PROGRAM = "nepenthe-program";

  /**
   * Folders on the machine of an executor.
   *
   * @param log file for what the unit says
   */
  record OnNode(Path plan, Path run, Path cache, Path program, Path log) {}

  /** Returns the folders of a unit on this machine. */
  OnNode of(PlannedUnit unit) throws IOException {
    Path own = Files.createDirectories(ownFolder().resolve("unit-" + unit.index()));
    Path log = own.resolve("log.txt");
    if (isShared) {
      return new OnNode(Path.of(plan), Path.of(run), Path.of(cache), Path.of(program), log);
    }
    Path home = nodeCache.isEmpty() ? ownFolder().resolve("cache") : Path.of(nodeCache);
    return new OnNode(
        shipped(SHIPPED_PLAN), own.resolve("run"), home, shipped(SHIPPED_PROGRAM), log);
  }

  private static Path shipped(String name) {
    return Path.of(SparkFiles.get(name)).toAbsolutePath().normalize();
  }

  /** Returns a folder that Spark gives to this executor. */
  private static Path ownFolder() {
    return Path.of(SparkFiles.getRootDirectory(), "nepenthe").toAbsolutePath().normalize();
  }
}
