package io.nepenthe.cli;

import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A Spark to submit with, and what is submitted. Neither is on this program's class path, nor in
 * what it is built of unless the profile "spark" is on.
 *
 * @param submit the words that start spark-submit
 * @param jar the driver and its tasks
 */
record SparkInstallation(List<String> submit, Path jar) {
  private static final String BUILD = "mvn -Pspark -pl framework/spark -am -DskipTests package";

  SparkInstallation {
    submit = List.copyOf(submit);
  }

  /**
   * Returns that of SPARK_HOME, else the one that Maven copied.
   *
   * @throws NepentheException with BAD_USAGE if there is none
   */
  static SparkInstallation find() {
    return of(Places.home(), System.getenv("SPARK_HOME"));
  }

  static SparkInstallation of(Path program, @Nullable String sparkHome) {
    Path module = program.resolve("framework").resolve("spark");
    Path jar = module.resolve("target").resolve("nepenthe-spark.jar");
    if (!Files.isRegularFile(jar)) {
      throw missing(
          "--engine spark needs %s, which is not built: in %s, run '%s'."
              .formatted(program.relativize(jar), program, BUILD));
    }
    if (sparkHome != null && !sparkHome.isBlank()) {
      Path submit = Path.of(sparkHome, "bin", "spark-submit");
      if (!Files.isRegularFile(submit)) {
        throw missing(
            "SPARK_HOME is %s, which has no bin/spark-submit: set it to a distribution of Spark, or unset it."
                .formatted(sparkHome));
      }
      return new SparkInstallation(List.of(submit.toString()), jar);
    }
    if (!Files.isDirectory(module.resolve("distribution/target/spark/jars"))) {
      throw missing(
          "there is no Spark: set SPARK_HOME to a distribution, or in %s, run '%s'."
              .formatted(program, BUILD));
    }
    return new SparkInstallation(
        List.of(
            "bash",
            module.resolve("spark-class").toString(),
            "org.apache.spark.deploy.SparkSubmit"),
        jar);
  }

  private static NepentheException missing(String what) {
    return new NepentheException(ErrorCode.BAD_USAGE, what);
  }
}
