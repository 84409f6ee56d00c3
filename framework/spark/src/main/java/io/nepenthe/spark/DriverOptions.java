package io.nepenthe.spark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * What the driver is told.
 *
 * @param plan folder of the plan
 * @param run folder of results
 * @param cache cache folder, NEPENTHE_HOME
 * @param program folder with the script {@code nepenthe}
 * @param isShipping whether program, plan and models go to the executors by Spark, and results back
 * @param nodeCache cache folder of each machine if they are; empty for one of each executor
 * @param indices the units that are asked for; empty for all
 * @param isAttached whether it ends when its standard input does
 * @param unitOptions further options of the command that runs a unit
 */
record DriverOptions(
    Path plan,
    Path run,
    Path cache,
    Path program,
    boolean isShipping,
    String nodeCache,
    BitSet indices,
    boolean isAttached,
    List<String> unitOptions) {
  static final String USAGE =
      "--plan DIR [--run DIR] --cache DIR --program DIR [--ship [--node-cache DIR]] [--index LIST]"
          + " [--attached] [-- OPTION...]";

  DriverOptions {
    indices = (BitSet) indices.clone();
    unitOptions = List.copyOf(unitOptions);
  }

  /**
   * Reads them.
   *
   * @throws IllegalArgumentException with one line if they are wrong
   */
  static DriverOptions of(String... arguments) {
    Path plan = null;
    Path run = null;
    Path cache = null;
    Path program = null;
    String nodeCache = "";
    BitSet indices = new BitSet();
    boolean ship = false;
    boolean attached = false;
    List<String> further = new ArrayList<>();
    for (int i = 0; i < arguments.length; i++) {
      switch (arguments[i]) {
        case "--plan" -> plan = folder(arguments, ++i);
        case "--run" -> run = folder(arguments, ++i);
        case "--cache" -> cache = folder(arguments, ++i);
        case "--program" -> program = folder(arguments, ++i);
        case "--node-cache" -> nodeCache = value(arguments, ++i);
        case "--index" -> indices.or(indices(value(arguments, ++i)));
        case "--ship" -> ship = true;
        case "--attached" -> attached = true;
        case "--" -> {
          further.addAll(List.of(arguments).subList(i + 1, arguments.length));
          i = arguments.length;
        }
        default -> throw wrong("'" + arguments[i] + "' is unknown");
      }
    }
    if (plan == null || cache == null || program == null) {
      throw wrong("--plan, --cache and --program are needed");
    }
    return new DriverOptions(
        plan,
        run == null ? plan.resolve("run") : run,
        cache,
        program,
        ship,
        nodeCache,
        indices,
        attached,
        further);
  }

  /** Reads a list like {@code 3,7-9}, or of a file: {@code @FILE}. */
  static BitSet indices(String given) {
    String list = given.startsWith("@") ? text(given.substring(1)) : given;
    BitSet indices = new BitSet();
    for (String part : list.split(",", -1)) {
      String[] ends = part.strip().split("-", 2);
      try {
        int first = Integer.parseInt(ends[0]);
        int last = Integer.parseInt(ends[ends.length - 1]);
        indices.set(first, last + 1);
      } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
        throw new IllegalArgumentException(
            "--index is '" + list + "', must be like 3,7-9: numbers from 0, and ranges", e);
      }
    }
    return indices;
  }

  private static String text(String file) {
    try {
      return Files.readString(Path.of(file)).strip();
    } catch (IOException e) {
      throw new IllegalArgumentException("--index: cannot read " + file + " (" + e + ")", e);
    }
  }

  private static Path folder(String[] arguments, int i) {
    return Path.of(value(arguments, i)).toAbsolutePath().normalize();
  }

  private static String value(String[] arguments, int i) {
    if (i >= arguments.length) {
      throw wrong(arguments[i - 1] + " needs a value");
    }
    return arguments[i];
  }

  private static IllegalArgumentException wrong(String what) {
    return new IllegalArgumentException(what + ". Usage: " + USAGE);
  }

  UnitPlaces places() {
    return new UnitPlaces(
        !isShipping,
        plan.toString(),
        run.toString(),
        cache.toString(),
        program.toString(),
        nodeCache);
  }
}
