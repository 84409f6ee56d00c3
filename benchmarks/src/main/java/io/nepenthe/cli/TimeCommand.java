package io.nepenthe.cli;

import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import io.nepenthe.run.PhaseClock;
import io.nepenthe.run.RunPlan;
import io.nepenthe.run.RunSettings;
import io.nepenthe.runstore.RunStore;
import io.nepenthe.selection.StoredRun;
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
      "Times the winners of a finished run again with JMH, and renews its report.",
      "The suite is taken in the fidelity of that run."
    },
    mixinStandardHelpOptions = true)
final class TimeCommand implements Callable<Integer> {
  @Mixin private SuiteOptions suite = new SuiteOptions();

  @Parameters(index = "1", paramLabel = "DIR", description = "The --out folder of the run.")
  private Path folder = Path.of(".");

  @Option(names = "--forks", paramLabel = "N", description = "Fresh JVMs per task and method.")
  private int forks = 1;

  @Option(names = "--plugins", paramLabel = "DIR", description = "Further folder of plugin jars.")
  private @Nullable Path plugins;

  @Mixin private JsonOption json = new JsonOption();

  @Override
  public Integer call() {
    if (forks < 1) {
      throw new NepentheException(
          ErrorCode.BAD_USAGE, "--forks is " + forks + ", must be at least 1.");
    }
    try (Console console = new Console()) {
      RunStore store = new RunStore(folder.toAbsolutePath(), console::warned);
      RunPlan plan = RunPlan.of(suite.readAs(store.info(), folder), Places.plugins(plugins));
      RunSettings settings =
          new RunSettings(
              folder.toAbsolutePath(), Places.cache(), Places.home(), 1, List.of(), false);
      store.timings().forEach(store::remove);
      new WinnerTiming(plan, settings, store, console, new PhaseClock()).time(forks);
      StoredRun run = Publishing.publish(store);
      json.print(run.summary(), SummaryText.of(run));
    }
    return 0;
  }
}
