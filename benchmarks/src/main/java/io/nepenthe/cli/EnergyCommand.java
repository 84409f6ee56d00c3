package io.nepenthe.cli;

import io.nepenthe.energy.EnergyUse;
import io.nepenthe.energy.MachineProfile;
import io.nepenthe.energy.MachineProfiles;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import io.nepenthe.runstore.RunStore;
import io.nepenthe.summary.RunReader;
import io.nepenthe.summary.StoredRun;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Tells what a run took of energy and carbon. */
@Command(
    name = "energy",
    description = {
      "Shows what a run took: node hours, energy and carbon.",
      "Energy is shown as far as it could be measured; energy and carbon also as the paper "
          + "estimates them (its equations 4 and 5), for one or more machines; and which method "
          + "took which part of it."
    },
    mixinStandardHelpOptions = true)
final class EnergyCommand implements Callable<Integer> {
  @Parameters(paramLabel = "DIR", description = "The --out folder of a run.")
  private Path folder = Path.of(".");

  @Option(
      names = "--profile",
      paramLabel = "P",
      description =
          "Machine to estimate for: a name in benchmarks/machines, or the path of a .yaml file; may"
              + " be repeated (default: "
              + RunMachines.WITHOUT_GPU
              + ", for a run without a GPU).")
  private List<String> profiles = List.of();

  @Mixin private AllowOldOption old = new AllowOldOption();

  @Mixin private JsonOption json = new JsonOption();

  @Override
  public Integer call() {
    RunStore store = old.store(folder);
    StoredRun run = RunReader.read(store);
    EnergyUse use =
        store
            .energy()
            .orElseThrow(
                () ->
                    new NepentheException(
                        ErrorCode.STORE_CORRUPT,
                        "there is no "
                            + folder.resolve("energy.json")
                            + ", so what the run took is not known. Run the suite in a new --out"
                            + " folder."));
    EnergyReport report = EnergyReport.of(run, use, machines(run));
    json.print(report, EnergyText.of(report, folder));
    Lack.tell(run.completeness(), folder);
    return Lack.exitCode(List.of(run.completeness()));
  }

  private List<MachineProfile> machines(StoredRun run) {
    MachineProfiles known = Places.machines();
    if (profiles.isEmpty() && RunMachines.usedGpu(run)) {
      throw Usage.of(
          "energy",
          "the run used a GPU, which "
              + RunMachines.WITHOUT_GPU
              + " has not: give --profile, one of "
              + String.join(", ", known.names())
              + ", or the path of a .yaml file");
    }
    return (profiles.isEmpty() ? List.of(RunMachines.WITHOUT_GPU) : profiles)
        .stream().distinct().map(known::read).toList();
  }
}
