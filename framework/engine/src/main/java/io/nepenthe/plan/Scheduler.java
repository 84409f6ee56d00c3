package io.nepenthe.plan;

import java.util.List;

/** A system that runs jobs on many machines, and the files of a plan for it. */
public enum Scheduler {
  /** Slurm: an array of originals, and one for each job of it. */
  SLURM,
  /** PBS: the same, but originals are jobs of their own. */
  PBS,
  /** Kubernetes: indexed jobs, one after the other. */
  KUBERNETES,
  /** Nextflow: a workflow of three steps. */
  NEXTFLOW;

  /** Returns the names of its files, what to start first. */
  List<String> files() {
    return switch (this) {
      case SLURM -> List.of("submit.sh", "units.sbatch", "collect.sbatch");
      case PBS -> List.of("submit.sh", "units.pbs", "collect.pbs");
      case KUBERNETES -> List.of("submit.sh", "originals.yaml", "trials.yaml", "collect.yaml");
      case NEXTFLOW -> List.of("main.nf", "nextflow.config");
    };
  }
}
