package io.nepenthe.spark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Runs the units of a plan on a Spark cluster: the class that spark-submit is given. What it does
 * not find in Spark's configuration it sets by the plan.
 */
public final class SparkDriver {
  private SparkDriver() {}

  /** Runs them, and exits with a code of the command {@code nepenthe}. */
  public static void main(String[] arguments) {
    DriverLines lines = new DriverLines(System.out);
    System.exit(run(arguments, lines));
  }

  private static int run(String[] arguments, DriverLines lines) {
    try {
      DriverOptions options = DriverOptions.of(arguments);
      if (options.isAttached()) {
        endWithStandardInput();
      }
      return run(options, lines);
    } catch (IllegalArgumentException e) {
      lines.error(String.valueOf(e.getMessage()));
      return DriverExit.BAD_USAGE;
    } catch (IOException e) {
      lines.error("cannot read or write: " + e);
      return DriverExit.UNREADABLE;
    } catch (InterruptedException e) {
      lines.error("interrupted");
      return DriverExit.INCOMPLETE;
    } catch (RuntimeException e) {
      e.printStackTrace();
      lines.error("Spark: " + e);
      return DriverExit.DEFECT;
    }
  }

  private static int run(DriverOptions options, DriverLines lines)
      throws IOException, InterruptedException {
    Plan plan = Plan.read(options.plan());
    List<PlannedUnit> asked = asked(plan, options);
    OpenUnits open = new OpenUnits(asked);
    try (JavaSparkContext context = new JavaSparkContext(SparkSettings.of(new SparkConf(), plan))) {
      Optional<NeededFiles> needed =
          options.isShipping()
              ? Optional.of(new NeededFiles(context, plan, asked, options))
              : Optional.empty();
      if (options.isShipping()) {
        ship(context, options);
      }
      return new UnitJobs(context, options, open, needed, lines).run();
    }
  }

  private static List<PlannedUnit> asked(Plan plan, DriverOptions options) {
    if (options.indices().length() > plan.units().size()) {
      throw new IllegalArgumentException(
          "--index asks for unit %d, the plan has %d"
              .formatted(options.indices().length() - 1, plan.units().size()));
    }
    return options.indices().isEmpty()
        ? plan.units()
        : plan.units().stream().filter(unit -> options.indices().get(unit.index())).toList();
  }

  /** Hands the program and the plan to all executors, which unpack them. */
  private static void ship(JavaSparkContext context, DriverOptions options) throws IOException {
    Path folder = Files.createTempDirectory("nepenthe-ship");
    Runtime.getRuntime().addShutdownHook(new Thread(() -> deleteQuietly(folder), "delete-shipped"));
    Path program = folder.resolve("program.zip");
    Folders.pack(options.program(), List.of("nepenthe", "benchmarks/target/nepenthe/lib"), program);
    context.sc().addArchive(program + "#" + UnitPlaces.SHIPPED_PROGRAM);
    Path plan = folder.resolve("plan.zip");
    Folders.pack(options.plan(), List.of("run.json", "units.json", "units.jsonl", "plugins"), plan);
    context.sc().addArchive(plan + "#" + UnitPlaces.SHIPPED_PLAN);
  }

  private static void deleteQuietly(Path folder) {
    try {
      Folders.delete(folder);
    } catch (IOException e) {
      // the system clears its folder of temporary files
    }
  }

  /** Whoever started this holds the other end, and may be killed. */
  private static void endWithStandardInput() {
    Thread watch =
        new Thread(
            () -> {
              try {
                while (System.in.read() >= 0) {
                  // nothing is said there
                }
              } catch (IOException e) {
                // it is closed
              }
              System.exit(DriverExit.INCOMPLETE);
            },
            "end-with-standard-input");
    watch.setDaemon(true);
    watch.start();
  }
}
