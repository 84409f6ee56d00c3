package io.nepenthe.cli;

import io.nepenthe.plan.PlanFolder;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import io.nepenthe.scaling.Simulation;
import io.nepenthe.wording.Words;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Predicts how long a plan takes on many GPUs. */
@Command(
    name = "simulate",
    description = {
      "Predicts how long a plan takes on 1 to 1024 GPUs, by the times that the paper prints.",
      "Nothing is trained or run. A unit begins when what it stands on has ended; beside that, in"
          + " phases: when all original models are there."
    },
    mixinStandardHelpOptions = true)
final class SimulateCommand implements Callable<Integer> {
  @Parameters(paramLabel = "PLAN", description = "Folder that 'plan' wrote.")
  private Path plan = Path.of(".");

  @Option(
      names = "--gpus",
      split = ",",
      paramLabel = "N",
      defaultValue = "1,2,4,8,16,32,64,128,256,512,1024",
      description = "Numbers of GPUs, joined by commas (default: powers of two up to 1024).")
  private List<Integer> gpus = List.of();

  @Option(
      names = "--trial-seconds",
      paramLabel = "S",
      defaultValue = "176",
      description =
          "What a trial takes beside its method: to begin, to load, to measure (default: 176, with"
              + " which the sweep takes the node hours of the paper's Table 5).")
  private double trialSeconds;

  @Mixin private JsonOption json = new JsonOption();

  @Override
  public Integer call() {
    if (gpus.stream().anyMatch(count -> count < 1) || !(trialSeconds >= 0)) {
      throw new NepentheException(
          ErrorCode.BAD_USAGE, "--gpus must be at least 1 each, and --trial-seconds at least 0.");
    }
    PlanFolder folder = PlanFolder.read(plan.toAbsolutePath(), Console::warn);
    Simulation simulation = Simulation.of(folder.plan(), folder.units(), trialSeconds, gpus);
    json.print(simulation, text(simulation));
    return 0;
  }

  private static String text(Simulation simulation) {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "%s, %s: %.0f GPU-hours; the longest unit with what it stands on: %.1f hours%n%n",
            Words.count(simulation.units(), "unit"),
            Words.count(simulation.trials(), "trial"),
            simulation.gpuHours(),
            simulation.longestHours()));
    text.append(" GPUs      hours  efficiency    in phases  efficiency\n");
    for (Simulation.Point point : simulation.points()) {
      text.append(
          String.format(
              Locale.ROOT,
              "%5d %10.1f %9.1f %% %12.1f %9.1f %%%n",
              point.gpus(),
              point.hours(),
              100 * point.efficiency(),
              point.hoursInPhases(),
              100 * point.efficiencyInPhases()));
    }
    return text.toString();
  }
}
