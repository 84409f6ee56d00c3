package io.nepenthe.spark;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.resource.ResourceInformation;

/** Runs one unit on an executor, as a process on the GPU that Spark has given to the task. */
final class UnitTask implements Function<PlannedUnit, UnitOutcome> {
  private static final long serialVersionUID = 1;
  private static final int MISSING = 15;
  private static final long MISSING_WAIT_MILLIS = 5_000;

  private final UnitPlaces places;
  private final ArrayList<String> options;
  private final ArrayList<Broadcast<ShippedFiles>> standsOn;

  /**
   * Makes a task.
   *
   * @param options further options of the command
   * @param standsOn what other units left that this one needs, where nothing is shared
   */
  UnitTask(UnitPlaces places, List<String> options, List<Broadcast<ShippedFiles>> standsOn) {
    this.places = places;
    this.options = new ArrayList<>(options);
    this.standsOn = new ArrayList<>(standsOn);
  }

  @Override
  public UnitOutcome call(PlannedUnit unit) throws Exception {
    String host = InetAddress.getLocalHost().getHostName();
    UnitPlaces.OnNode node = places.of(unit);
    if (!Files.isRegularFile(node.plan().resolve("units.jsonl"))) {
      throw failed(
          unit, host, "there is no plan at " + node.plan() + ": share that folder, or --ship");
    }
    if (!Files.isRegularFile(node.program().resolve("nepenthe"))) {
      throw failed(
          unit, host, "there is no nepenthe in " + node.program() + ": share it, or --ship");
    }
    for (Broadcast<ShippedFiles> each : standsOn) {
      each.value().write(node.run(), node.cache());
    }
    UnitProcess.End end =
        UnitProcess.run(node.program(), arguments(unit, node), variables(node), node.log());
    if (end.exitCode() == 0) {
      return done(unit, host, node);
    }
    end.said().forEach(System.err::println);
    if (isFinal(end.exitCode())) {
      return new UnitOutcome(end.exitCode(), end.message(), host, ShippedFiles.none());
    }
    if (end.exitCode() == MISSING) {
      Thread.sleep(MISSING_WAIT_MILLIS); // a shared folder may show late what another machine wrote
    }
    throw failed(unit, host, end.message() + " (exit code " + end.exitCode() + ")");
  }

  /** Arguments, suite, plugin, model, data or plan are wrong, wherever the unit runs. */
  private static boolean isFinal(int exitCode) {
    return exitCode >= 2 && exitCode <= 7;
  }

  private UnitOutcome done(PlannedUnit unit, String host, UnitPlaces.OnNode node)
      throws IOException {
    if (places.isShared()) {
      return new UnitOutcome(0, "", host, ShippedFiles.none());
    }
    ShippedFiles left = ShippedFiles.left(node.run(), node.cache(), unit);
    Folders.delete(node.run());
    return new UnitOutcome(0, "", host, left);
  }

  private List<String> arguments(PlannedUnit unit, UnitPlaces.OnNode node) {
    List<String> arguments = new ArrayList<>(List.of("trial", "--plan", node.plan().toString()));
    arguments.addAll(List.of("--index", Integer.toString(unit.index())));
    arguments.addAll(List.of("--run", node.run().toString()));
    arguments.addAll(options);
    return arguments;
  }

  private static Map<String, String> variables(UnitPlaces.OnNode node) {
    Map<String, String> variables = new HashMap<>();
    variables.put("NEPENTHE_HOME", node.cache().toString());
    ResourceInformation gpu = TaskContext.get().resourcesJMap().get("gpu");
    if (gpu != null) {
      variables.put("CUDA_VISIBLE_DEVICES", String.join(",", gpu.addresses()));
    }
    return variables;
  }

  private static UnitFailedException failed(PlannedUnit unit, String host, String why) {
    return new UnitFailedException(
        "unit %d (%s) on %s: %s".formatted(unit.index(), unit.label(), host, why));
  }
}
