package io.nepenthe.cli;

import io.nepenthe.run.PhaseClock;
import io.nepenthe.run.RunPlan;
import io.nepenthe.run.RunSettings;
import io.nepenthe.runstore.RunStore;
import io.nepenthe.summary.StoredRun;
import io.nepenthe.timing.TimingOptions;
import io.nepenthe.timing.WinnerTiming;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Times the winners of a finished run again. */
@Command(
    name = "time",
    description = {
      "Times the winners of a finished run again with JMH on this machine, and renews its report.",
      "Each method runs in fresh JVMs, once per seed in each; its time replaces the one from before"
          + " as soon as it is measured. The suite is taken in the fidelity of that run."
    },
    mixinStandardHelpOptions = true)
final class TimeCommand implements Callable<Integer> {
  @Mixin private SuiteOptions suite = new SuiteOptions();

  @Parameters(index = "1", paramLabel = "DIR", description = "The --out folder of the run.")
  private Path folder = Path.of(".");

  @Mixin private TimingChoice timing = new TimingChoice();

  @Option(
      names = "--device",
      paramLabel = "D",
      description = "cpu, gpu, gpu1, ... (default: the first GPU if there is one, else cpu).")
  private @Nullable String device;

  @Option(names = "--plugins", paramLabel = "DIR", description = "Further folder of plugin jars.")
  private @Nullable Path plugins;

  @Mixin private JsonOption json = new JsonOption();

  @Override
  public Integer call() {
    timing.check("time");
    try (Console console = new Console()) {
      RunStore store = new RunStore(folder.toAbsolutePath(), console::warned);
      RunPlan plan = RunPlan.of(suite.readAs(store.info(), folder), Places.plugins(plugins));
      RunSettings settings =
          new RunSettings(
              folder.toAbsolutePath(),
              Places.cache(),
              Places.home(),
              new WorkerOption().on(plan.suite()),
              false);
      TimingOptions options = timing.again(plan.suite(), chosenDevice());
      new WinnerTiming(plan, settings, store, console, new PhaseClock(), options).time();
      StoredRun run = Publishing.publish(store);
      json.print(run.summary(), SummaryText.of(run));
    }
    return 0;
  }

  private String chosenDevice() {
    if (device == null) {
      return Devices.best();
    }
    Devices.require("time", device);
    return device;
  }
}
