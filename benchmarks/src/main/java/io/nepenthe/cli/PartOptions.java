package io.nepenthe.cli;

import io.nepenthe.pluginhost.PluginCatalog;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.run.RunPlan;
import io.nepenthe.suite.Suite;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** Which part of a suite: some of its tasks, methods and seeds, and methods that join them. */
final class PartOptions {
  @Option(
      names = "--add",
      split = ",",
      paramLabel = "M",
      description =
          "Methods that join the suite's, each with its own grid, joined by commas; see --plugins.")
  private List<String> added = new ArrayList<>();

  @Option(
      names = "--tasks",
      split = ",",
      paramLabel = "T",
      description = "Only these tasks, joined by commas.")
  private List<String> tasks = new ArrayList<>();

  @Option(
      names = "--methods",
      split = ",",
      paramLabel = "M",
      description = "Only these methods, joined by commas; the one whose time limits others stays.")
  private List<String> methods = new ArrayList<>();

  @Option(
      names = "--seeds",
      split = ",",
      paramLabel = "S",
      description = "Only these seeds, joined by commas.")
  private List<Long> seeds = new ArrayList<>();

  /** Returns true if not the suite as it is written is meant. */
  boolean isPart() {
    return !(added.isEmpty() && tasks.isEmpty() && methods.isEmpty() && seeds.isEmpty());
  }

  /**
   * Returns the part of a suite that is meant, with the methods that join it and the one whose time
   * limits them.
   */
  Suite of(Suite suite, PluginCatalog plugins) {
    added.forEach(id -> plugins.require(id, ErrorCode.BAD_USAGE));
    return RunPlan.resolved(suite.joinedBy(added), plugins).only(tasks, kept(), seeds);
  }

  /** Whoever adds a method wants to run it, whichever of the others are left out. */
  private List<String> kept() {
    return methods.isEmpty() ? methods : Stream.concat(methods.stream(), added.stream()).toList();
  }

  /** Returns where a run of the part goes, if nothing else is said, given where the whole would. */
  Path folder(Path whole) {
    String words =
        Stream.of(added, tasks, methods, seeds)
            .flatMap(List::stream)
            .map(Object::toString)
            .distinct()
            .collect(Collectors.joining("-"));
    return isPart() ? whole.resolveSibling(whole.getFileName() + "-" + words) : whole;
  }
}
