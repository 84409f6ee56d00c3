package io.nepenthe.plan;

import io.nepenthe.json.Json;
import io.nepenthe.protocol.ContentHash;
import io.nepenthe.provenance.Provenance;
import io.nepenthe.run.WorkUnit;
import io.nepenthe.runstore.RunFile;
import java.util.List;
import java.util.Map;

/**
 * What a plan's folder holds, by hashes: {@code units.json}, sealed.
 *
 * @param schema "nepenthe-units/1"
 * @param definition hash of the suite and of its methods, jars included
 * @param sha256 hash of {@code units.jsonl}
 * @param units how many there are
 * @param phases how many units each phase has, in order
 * @param trials how many trials they leave
 * @param program what planned: units are to be done by the same
 */
public record PlanFile(
    String schema,
    String definition,
    String sha256,
    int units,
    List<Integer> phases,
    int trials,
    Program program) {
  /** The schema this program writes. */
  static final String SCHEMA = "nepenthe-units/1";

  /** Copies the list. */
  public PlanFile {
    phases = List.copyOf(phases);
  }

  static PlanFile of(RunFile run, List<WorkUnit> units, String sha256) {
    int first = (int) units.stream().filter(unit -> unit.phase() == 1).count();
    return new PlanFile(
        SCHEMA,
        hash(run),
        sha256,
        units.size(),
        List.of(first, units.size() - first),
        units.stream().filter(unit -> !unit.isOriginal()).mapToInt(WorkUnit::results).sum(),
        Program.of(run.provenance()));
  }

  /**
   * Returns a hash of what a run is, whoever does it and whenever. What methods say of themselves
   * is in their jars.
   */
  static String hash(RunFile run) {
    return ContentHash.of(
        Json.canonical(
            Map.of(
                "suite",
                run.suite(),
                "methods",
                run.methods().stream()
                    .map(method -> List.of(method.id(), method.sha256(), method.grids()))
                    .toList())));
  }

  /**
   * A program that computes, as far as it can be told from another.
   *
   * @param gitCommit commit of its sources, "unknown" outside a checkout; "+" if changed
   * @param djl version of DJL
   * @param libtorch version of libtorch
   */
  public record Program(String gitCommit, String djl, String libtorch) {
    static Program of(Provenance place) {
      return new Program(place.gitCommit(), place.djl(), place.libtorch());
    }

    /** Returns true if it may be the same as another: commits that are not known may be equal. */
    boolean mayBe(Program other) {
      return djl.equals(other.djl)
          && libtorch.equals(other.libtorch)
          && (gitCommit.equals(other.gitCommit)
              || gitCommit.equals("unknown")
              || other.gitCommit.equals("unknown"));
    }

    @Override
    public String toString() {
      return "commit " + gitCommit + ", DJL " + djl + ", libtorch " + libtorch;
    }
  }
}
