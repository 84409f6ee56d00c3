package io.nepenthe.run;

import io.nepenthe.plugin.Family;
import io.nepenthe.plugin.MethodDescriptor;
import io.nepenthe.pluginhost.InstalledPlugin;
import io.nepenthe.pluginhost.KeptPlugins;
import io.nepenthe.pluginhost.PluginCatalog;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import io.nepenthe.runstore.RunFile;
import io.nepenthe.runstore.RunMethod;
import io.nepenthe.suite.MethodChoice;
import io.nepenthe.suite.Suite;
import io.nepenthe.suite.TaskSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Everything a suite asks for, checked against the plugins that are there, before anything runs.
 */
public final class RunPlan {
  private final Suite suite;
  private final Map<String, List<MethodPlan>> methodsByTask = new LinkedHashMap<>();

  private RunPlan(Suite suite) {
    this.suite = suite;
  }

  /** Returns the plan of a suite; every mistake names the suite's line of methods and tasks. */
  public static RunPlan of(Suite written, PluginCatalog catalog) {
    Suite suite = resolved(written.requireCurrentProtocol(), catalog);
    RunPlan plan = new RunPlan(suite);
    for (TaskSpec task : suite.tasks()) {
      task.requireFiles();
      List<MethodPlan> methods = new ArrayList<>();
      for (int i = 0; i < suite.methods().size(); i++) {
        methods.add(plan.method(suite.methods().get(i), i, task, catalog));
      }
      plan.methodsByTask.put(task.id(), List.copyOf(methods));
    }
    return plan;
  }

  /**
   * Returns a suite with what it leaves to its methods written out: whose time limits the others'.
   */
  public static Suite resolved(Suite suite, PluginCatalog catalog) {
    return suite.withTimeLimit(
        id -> catalog.find(id).filter(plugin -> plugin.descriptor().setsTimeLimit()).isPresent());
  }

  /** Returns this plan with other jars of the same plugins. */
  RunPlan with(UnaryOperator<InstalledPlugin> jars) {
    RunPlan plan = new RunPlan(suite);
    methodsByTask.forEach(
        (task, methods) ->
            plan.methodsByTask.put(
                task,
                methods.stream()
                    .map(
                        method ->
                            new MethodPlan(
                                jars.apply(method.plugin()), method.points(), method.seeds()))
                    .toList()));
    return plan;
  }

  /**
   * Returns the plugins of a run's methods, as its folder holds them.
   *
   * @param folder of the run, absolute
   */
  public static PluginCatalog keptPlugins(RunFile run, Path folder) {
    return new KeptPlugins(folder).catalog(run.methods().stream().map(RunMethod::sha256).toList());
  }

  /** Returns a plan of the suite's tasks only. */
  public static RunPlan withoutMethods(Suite suite) {
    return new RunPlan(suite);
  }

  private MethodPlan method(MethodChoice choice, int index, TaskSpec task, PluginCatalog catalog) {
    InstalledPlugin plugin = catalog.require(choice.id());
    MethodDescriptor descriptor = plugin.descriptor();
    if (task.isGiven() && descriptor.runsInTraining()) {
      return new MethodPlan(plugin, List.of(), List.of()); // there is no training to take part in
    }
    if (descriptor.family() == Family.FINE_TUNING && task.furtherTraining().isEmpty()) {
      throw new NepentheException(
          ErrorCode.BAD_SUITE,
          "suite "
              + suite.name()
              + ", task "
              + task.id()
              + ": method "
              + choice.id()
              + " trains the original model on, and nothing says how it was trained. Set"
              + " original.training (batchSize, learningRate) of the task.");
    }
    try {
      return new MethodPlan(
          plugin,
          choice.grid() == null
              ? descriptor.gridPoints(task.gridKind())
              : descriptor.expand(choice.grid()),
          suite.seeds().stream().filter(choice::runsWith).toList());
    } catch (IllegalArgumentException e) {
      throw new NepentheException(
          ErrorCode.BAD_SUITE,
          "suite "
              + suite.name()
              + ", method "
              + choice.id()
              + ": "
              + e.getMessage()
              + ". Change methods["
              + index
              + "].grid in the suite.",
          e);
    }
  }

  /** Returns the suite. */
  public Suite suite() {
    return suite;
  }

  /** Returns the methods of a task, in the suite's order. */
  public List<MethodPlan> methods(TaskSpec task) {
    return methodsByTask.getOrDefault(task.id(), List.of());
  }

  /** Returns a method of a task, which the suite has. */
  MethodPlan method(TaskSpec task, String id) {
    return methods(task).stream()
        .filter(method -> method.plugin().id().equals(id))
        .findAny()
        .orElseThrow();
  }

  /** Returns the methods of all tasks as a run holds them, in the suite's order. */
  public List<RunMethod> definition() {
    List<RunMethod> definition = new ArrayList<>();
    for (int i = 0; i < suite.methods().size(); i++) {
      Map<String, Map<String, List<Number>>> grids = new LinkedHashMap<>();
      for (TaskSpec task : suite.tasks()) {
        MethodPlan method = methods(task).get(i);
        if (!method.points().isEmpty()) {
          grids.put(task.id(), method.grid());
        }
      }
      InstalledPlugin plugin = plugins().get(i);
      definition.add(
          new RunMethod(
              plugin.id(), plugin.version(), plugin.sha256(), plugin.descriptor(), grids));
    }
    return definition;
  }

  /** Returns the plugins of its methods, in the suite's order. */
  public List<InstalledPlugin> plugins() {
    return methods(suite.tasks().get(0)).stream().map(MethodPlan::plugin).toList();
  }

  /** Returns the task of an id, or says which there are. */
  public TaskSpec task(String id) {
    return suite.tasks().stream()
        .filter(task -> task.id().equals(id))
        .findAny()
        .orElseThrow(
            () ->
                new NepentheException(
                    ErrorCode.BAD_USAGE,
                    "suite "
                        + suite.name()
                        + " has no task '"
                        + id
                        + "'; it has "
                        + String.join(", ", suite.tasks().stream().map(TaskSpec::id).toList())
                        + "."));
  }

  /** Returns the number of trials, all tasks and seeds. */
  public int trials() {
    return methodsByTask.values().stream().flatMap(List::stream).mapToInt(MethodPlan::trials).sum();
  }
}
