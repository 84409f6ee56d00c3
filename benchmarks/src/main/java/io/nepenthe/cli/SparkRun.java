package io.nepenthe.cli;

import io.nepenthe.files.AtomicFiles;
import io.nepenthe.plan.Collection;
import io.nepenthe.plan.PlanFolder;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import io.nepenthe.provenance.Provenance;
import io.nepenthe.provenance.ProvenanceReader;
import io.nepenthe.run.RunListener;
import io.nepenthe.run.RunPlan;
import io.nepenthe.run.WorkUnit;
import io.nepenthe.runstore.RunLock;
import io.nepenthe.runstore.RunStore;
import io.nepenthe.runstore.TrialIdentity;
import io.nepenthe.runstore.TrialResult;
import io.nepenthe.suite.Suite;
import io.nepenthe.summary.RunReader;
import io.nepenthe.summary.StoredRun;
import io.nepenthe.wording.Words;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.stream.Collectors;

/**
 * The trainings and trials of a run, done on a Spark cluster. The folder {@code spark} of the run
 * holds its plan, what units left, and the driver's log.
 */
final class SparkRun {
  private final SparkCluster cluster;
  private final RunPlan plan;
  private final Path out;
  private final RunListener listener;

  SparkRun(SparkCluster cluster, RunPlan plan, Path out, RunListener listener) {
    this.cluster = cluster;
    this.plan = plan;
    this.out = out;
    this.listener = listener;
  }

  private record Place(String task, long seed, String method) {
    static Place of(TrialIdentity trial) {
      return new Place(trial.task(), trial.seed(), trial.method());
    }
  }

  /**
   * Has done what is left, and brings the results into the run's folder.
   *
   * @param unitOptions of the command that does a unit
   * @param retryFailed whether failed trials are left, too
   * @throws NepentheException with RUN_INCOMPLETE if something is still left then
   */
  void execute(List<String> unitOptions, boolean retryFailed) {
    Suite suite = plan.suite();
    Provenance here = ProvenanceReader.read(Places.home(), suite.device(), suite.threads());
    PlanFolder folder = PlanFolder.write(plan, here, out.resolve("spark"));
    Collection collection = new Collection(folder, out, listener::warned);
    try (RunLock held = RunLock.take(out)) {
      Objects.requireNonNull(held);
      SortedSet<Integer> left = left(collection, folder, retryFailed);
      if (!left.isEmpty()) {
        folder.requireProgram(here); // before a cluster is asked
        Optional<NepentheException> stopped =
            drive(folder, left, options(unitOptions, retryFailed));
        SortedSet<Integer> stillLeft = left(collection, folder, false);
        collection.refusals().forEach(listener::warned);
        if (stopped.isPresent()) {
          throw stopped.get();
        }
        requireNone(stillLeft, folder);
      }
    }
  }

  private static List<String> options(List<String> given, boolean retryFailed) {
    List<String> options = new ArrayList<>(given);
    if (retryFailed) {
      options.add("--retry-failed");
    }
    return options;
  }

  /** Runs the driver; what was done until it stopped counts, whatever stopped it. */
  private Optional<NepentheException> drive(
      PlanFolder folder, SortedSet<Integer> left, List<String> unitOptions) {
    try {
      new SparkDriverProcess(listener, log(folder))
          .run(
              cluster.command(
                  "nepenthe " + plan.suite().name(),
                  folder.folder(),
                  folder.usualRun(),
                  list(folder, left),
                  unitOptions));
      return Optional.empty();
    } catch (NepentheException e) {
      return Optional.of(e);
    }
  }

  private static Path log(PlanFolder folder) {
    return folder.folder().resolve("spark.log");
  }

  private static void requireNone(SortedSet<Integer> left, PlanFolder folder) {
    if (!left.isEmpty()) {
      throw new NepentheException(
          ErrorCode.RUN_INCOMPLETE,
          "%s left; the same command goes on. What stopped them is above, and in %s"
              .formatted(
                  left.size() == 1 ? "1 unit is" : Words.count(left.size(), "unit") + " are",
                  log(folder)));
    }
  }

  /** Takes what units left into the run's folder, and returns the units that are to be done. */
  private SortedSet<Integer> left(Collection collection, PlanFolder folder, boolean withFailed) {
    collection.add(out);
    if (Files.isDirectory(folder.usualRun())) {
      collection.add(folder.usualRun());
    }
    collection.finish();
    StoredRun stored = RunReader.read(new RunStore(out, listener::warned));
    SortedSet<Integer> left = collection.left(stored.completeness());
    if (withFailed) {
      addFailed(folder, stored, left);
    }
    return left;
  }

  private static void addFailed(PlanFolder folder, StoredRun stored, SortedSet<Integer> left) {
    Set<Place> failed =
        stored.trials().stream()
            .filter(trial -> trial.outcome().hasFailed())
            .map(TrialResult::identity)
            .map(Place::of)
            .collect(Collectors.toSet());
    for (WorkUnit unit : folder.units()) {
      String method = unit.method();
      if (method != null
          && unit.tasks().stream()
              .anyMatch(task -> failed.contains(new Place(task, unit.seed(), method)))) {
        left.add(unit.index());
      }
    }
  }

  private static Path list(PlanFolder folder, SortedSet<Integer> units) {
    Path list = folder.folder().resolve("left.txt");
    try {
      AtomicFiles.write(list, IndexRanges.text(units) + "\n");
      return list;
    } catch (IOException e) {
      throw new NepentheException(ErrorCode.IO, "cannot write " + list + " (" + e + ")", e);
    }
  }
}
