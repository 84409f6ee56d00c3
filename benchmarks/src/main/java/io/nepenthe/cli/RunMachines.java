package io.nepenthe.cli;

import io.nepenthe.energy.EnergyAccount;
import io.nepenthe.energy.MachineProfile;
import io.nepenthe.runstore.RunStore;
import io.nepenthe.summary.StoredRun;
import java.util.List;

/** Which machine profile stands for a run that names none. */
final class RunMachines {
  /** The profile of runs without a GPU. */
  static final String WITHOUT_GPU = "two-core-cpu";

  private RunMachines() {}

  /** Returns what a run used, estimated for a machine without a GPU if it used none. */
  static EnergyAccount account(RunStore store, StoredRun run) {
    return store
        .energy()
        .map(use -> new EnergyAccount(use, machines(run)))
        .orElse(EnergyAccount.NONE);
  }

  private static List<MachineProfile> machines(StoredRun run) {
    return usedGpu(run) ? List.of() : List.of(Places.machines().read(WITHOUT_GPU));
  }

  static boolean usedGpu(StoredRun run) {
    return run.info().provenance().gpu() != null
        || run.trials().stream().anyMatch(trial -> !"cpu".equals(trial.identity().device()));
  }
}
