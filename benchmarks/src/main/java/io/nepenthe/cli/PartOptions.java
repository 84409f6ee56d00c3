package io.nepenthe.cli;

import io.nepenthe.pluginhost.PluginCatalog;
import io.nepenthe.run.RunPlan;
import io.nepenthe.suite.Suite;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** Which part of a suite: some of its tasks, methods and seeds. */
final class PartOptions {
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

  /** Returns true if not the whole suite is meant. */
  boolean isPart() {
    return !(tasks.isEmpty() && methods.isEmpty() && seeds.isEmpty());
  }

  /** Returns the part of a suite that is meant, with the method whose time limits it. */
  Suite of(Suite suite, PluginCatalog plugins) {
    return RunPlan.resolved(suite, plugins).only(tasks, methods, seeds);
  }

  /** Returns where a run of the part goes, if nothing else is said, given where the whole would. */
  Path folder(Path whole) {
    String words =
        Stream.of(tasks, methods, seeds)
            .flatMap(List::stream)
            .map(Object::toString)
            .collect(Collectors.joining("-"));
    return isPart() ? whole.resolveSibling(whole.getFileName() + "-" + words) : whole;
  }
}
