package io.nepenthe.cli;

import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import io.nepenthe.run.PhaseClock;
import io.nepenthe.run.RunPlan;
import io.nepenthe.run.RunSettings;
import io.nepenthe.runstore.RunFile;
import io.nepenthe.runstore.RunInfo;
import io.nepenthe.runstore.RunLock;
import io.nepenthe.runstore.RunStore;
import io.nepenthe.suite.Suite;
import io.nepenthe.summary.StoredRun;
import io.nepenthe.timing.TimingOptions;
import io.nepenthe.timing.WinnerTiming;
import java.nio.file.Path;
import java.util.List;
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
      "Times the winners of a finished run again with JMH on this machine, and renews its "
          + "report.",
      "Each method runs in fresh JVMs, once per seed in each; its time replaces the one "
          + "from before as soon as it is measured. Suite and plugins are those that the run "
          + "holds."
    },
    mixinStandardHelpOptions = true)
final class TimeCommand implements Callable<Integer> {
  @Parameters(paramLabel = "RUN", description = "The --out folder of the run.")
  private Path folder = Path.of(".");

  @Option(
      names = "--suite",
      paramLabel = "SUITE",
      description =
          "Name of a suite, or path of a .yaml file: needed for a run of an older program, which"
              + " does not hold its suite; the plugins are then those installed.")
  private @Nullable String suite;

  @Mixin private TimingChoice timing = new TimingChoice();
  @Mixin private SandboxOption sandbox = new SandboxOption();

  @Option(
      names = "--device",
      paramLabel = "D",
      description =
          "cpu, gpu, gpu1, ... (default: the suite's GPU or the first, if there is one, else cpu).")
  private @Nullable String device;

  @Option(
      names = "--plugins",
      paramLabel = "DIR",
      description = "With --suite: further folder of plugin jars.")
  private @Nullable Path plugins;

  @Mixin private JsonOption json = new JsonOption();

  @Override
  public Integer call() {
    timing.check("time");
    try (Console console = new Console()) {
      RunStore store = new RunStore(folder.toAbsolutePath(), console::warned);
      store.info();
      try (RunLock held = RunLock.take(store.folder())) {
        try {
          time(store, console);
        } catch (NepentheException e) {
          if (e.code() == ErrorCode.TIMING_FAILED) {
            publish(store, held); // with the times that there are
          }
          throw e;
        }
        return publish(store, held);
      }
    }
  }

  private void time(RunStore store, Console console) {
    RunPlan plan = suite == null ? held(store) : named(suite, store);
    RunSettings settings =
        new RunSettings(
            store.folder(),
            Places.cache(),
            Places.home(),
            new WorkerOption().on(plan.suite(), sandbox),
            false);
    TimingOptions options = timing.again(plan.suite(), chosenDevice(plan.suite()), sandbox);
    new WinnerTiming(plan, settings, store, console, new PhaseClock(), options).time();
  }

  private int publish(RunStore store, RunLock held) {
    StoredRun run = Publishing.publish(store, held);
    json.print(run.summary(), SummaryText.of(run));
    Lack.tell(run.completeness(), folder);
    return Lack.exitCode(List.of(run.completeness()));
  }

  private RunPlan held(RunStore store) {
    RunFile run = store.definition();
    return RunPlan.of(run.suite(), RunPlan.keptPlugins(run, store.folder()));
  }

  private RunPlan named(String name, RunStore store) {
    RunInfo run = store.info();
    Suite read = SuiteOptions.read(name, run.fidelity());
    run.requireOf(read, folder, "Name that suite.");
    return RunPlan.of(read, Places.plugins(plugins));
  }

  private String chosenDevice(Suite suite) {
    if (device == null) {
      return Devices.best(suite);
    }
    Devices.require("time", device);
    return device;
  }
}
