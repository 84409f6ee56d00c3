package io.nepenthe.spark;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.SparkConf;

/** What a plan asks of Spark, where the user's configuration does not say otherwise. */
final class SparkSettings {
  private static final String TRIES = "4";
  private static final Pattern LOCAL = Pattern.compile("local\\[(\\d+|\\*)]");

  private SparkSettings() {}

  static SparkConf of(SparkConf given, Plan plan) {
    // A second copy of a unit would compute the same, and take a device from another.
    given.set("spark.speculation", "false");
    given.setIfMissing("spark.task.maxFailures", TRIES);
    given.setIfMissing("spark.task.cpus", Integer.toString(plan.threads()));
    given.setIfMissing("spark.driver.maxResultSize", "0"); // what units leave goes to disk at once
    given.setIfMissing("spark.locality.wait", "0");
    if (plan.isOnGpu()) {
      // One GPU for a unit, and one executor for a GPU, however many a machine has.
      given.setIfMissing("spark.task.resource.gpu.amount", "1");
      given.setIfMissing("spark.executor.resource.gpu.amount", "1");
      given.setIfMissing("spark.executor.cores", given.get("spark.task.cpus"));
    }
    Matcher local = LOCAL.matcher(given.get("spark.master", ""));
    if (local.matches()) { // Spark's local mode tries a task once, unless its name says how often
      given.setMaster("local[" + local.group(1) + "," + TRIES + "]");
    }
    return given;
  }
}
