package io.nepenthe.cli;

import io.nepenthe.estimate.Estimator;
import io.nepenthe.estimate.RunEstimate;
import io.nepenthe.pluginhost.PluginCatalog;
import io.nepenthe.run.RunPlan;
import io.nepenthe.suite.Suite;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Says what a suite would do, and about how long that takes, before anything runs. */
@Command(
    name = "describe",
    description = {
      "Says what a suite is for and how many trainings and trials it has, and estimates "
          + "its time and disk on this machine.",
      "Takes some seconds, because it tries a few steps of each model."
    },
    mixinStandardHelpOptions = true)
final class DescribeCommand implements Callable<Integer> {
  @Mixin private SuiteOptions suite = new SuiteOptions();
  @Mixin private PartOptions part = new PartOptions();
  @Mixin private WorkerOption workers = new WorkerOption();

  @Mixin private PluginsOption plugins = new PluginsOption();

  @Mixin private JsonOption json = new JsonOption();

  @Override
  public Integer call() {
    PluginCatalog catalog = suite.plugins(plugins.path());
    Suite chosen = part.of(suite.read(), catalog);
    RunEstimate estimate =
        new Estimator(RunPlan.of(chosen, catalog), Places.cache(), chosen.timingForks())
            .estimate(workers.of(chosen));
    json.print(
        estimate,
        chosen.description().strip().replaceAll("\\s+", " ") + "\n\n" + EstimateText.of(estimate));
    return 0;
  }
}
