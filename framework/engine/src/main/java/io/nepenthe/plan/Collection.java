package io.nepenthe.plan;

import io.nepenthe.files.Folders;
import io.nepenthe.pluginhost.KeptPlugins;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import io.nepenthe.provenance.Provenance;
import io.nepenthe.run.WorkUnit;
import io.nepenthe.runstore.OriginalResult;
import io.nepenthe.runstore.PlannedResults;
import io.nepenthe.runstore.PlannedTrials;
import io.nepenthe.runstore.RunMethod;
import io.nepenthe.runstore.RunStore;
import io.nepenthe.runstore.SharedRun;
import io.nepenthe.runstore.TrialIdentity;
import io.nepenthe.runstore.TrialResult;
import io.nepenthe.summary.Absent;
import io.nepenthe.summary.Completeness;
import io.nepenthe.wording.Words;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Makes one run of what machines left in their folders, by copying files. Seals tell what was
 * damaged on its way; hashes tell what is not of the plan: of another suite, another jar, another
 * program, or another original model.
 */
public final class Collection {
  private final PlanFolder plan;
  private final Path out;
  private final Consumer<String> warnings;
  private final PlannedResults planned;
  private final SharedRun whole;
  private final Map<String, RunMethod> methods = new HashMap<>();
  private final Map<String, OriginalResult> originals = new HashMap<>();
  private final Set<String> refusals = new LinkedHashSet<>();
  private int copied;

  /**
   * Prepares a collection.
   *
   * @param out the run's folder that becomes whole
   */
  public Collection(PlanFolder plan, Path out, Consumer<String> warnings) {
    this.plan = plan;
    this.out = out;
    this.warnings = warnings;
    this.planned = PlannedResults.of(plan.definition());
    this.whole = plan.open(out, warnings);
    plan.definition().methods().forEach(method -> methods.put(method.id(), method));
  }

  /**
   * Takes what a folder holds of the plan, and is not in the whole yet.
   *
   * @param source may be the folder of the whole: what it holds is looked at
   */
  public void add(Path source) {
    RunStore store = new RunStore(source, warnings);
    if (Files.exists(source.resolve("run.json")) && !plan.isOf(store.definition())) {
      refusals.add(
          source
              + " is a run of another plan: another suite, or other jars. Nothing of it is taken");
      return;
    }
    Map<String, Integer> reasons = new LinkedHashMap<>();
    Map<String, String> first = new HashMap<>();
    for (OriginalResult original : store.originals()) {
      add(store, original).ifPresent(why -> count(reasons, first, why, original.id()));
    }
    for (TrialResult trial : store.trials()) {
      add(store, trial).ifPresent(why -> count(reasons, first, why, trial.id()));
    }
    reasons.forEach(
        (why, number) ->
            refusals.add(
                "%s: %s %s (the first: %s)"
                    .formatted(source, Words.count(number, "result"), why, first.get(why))));
  }

  private static void count(
      Map<String, Integer> reasons, Map<String, String> first, String why, String id) {
    reasons.merge(why, 1, Integer::sum);
    first.putIfAbsent(why, id);
  }

  private Optional<String> add(RunStore store, OriginalResult original) {
    Optional<String> foreign =
        planned.holds(original)
            ? foreign(original.provenance())
            : Optional.of("of a task or seed that is not in the plan, or is defined otherwise");
    if (foreign.isPresent()) {
      return foreign;
    }
    OriginalResult kept = originals.putIfAbsent(original.id(), original);
    if (kept == null) {
      copy(store, "originals", original.id(), () -> whole.put(original));
      return Optional.empty();
    }
    return kept.checkpointHash().equals(original.checkpointHash())
            && kept.dataHash().equals(original.dataHash())
        ? Optional.empty()
        : Optional.of("of another original model, or of other rows, than in the folders before it");
  }

  private Optional<String> add(RunStore store, TrialResult trial) {
    Optional<String> foreign =
        planned.holds(trial.identity())
            ? foreign(trial.provenance())
            : Optional.of(otherwise(trial.identity()));
    if (foreign.isPresent()) {
      return foreign;
    }
    OriginalResult original =
        originals.get(OriginalResult.id(trial.identity().task(), trial.identity().seed()));
    if (original != null && !trial.isOf(original)) {
      return Optional.of("of another original model than the one that is kept");
    }
    copy(store, "trials", trial.id(), () -> whole.put(trial));
    return Optional.empty();
  }

  private Optional<String> foreign(Provenance place) {
    PlanFile.Program program = PlanFile.Program.of(place);
    return program.mayBe(plan.file().program())
        ? Optional.empty()
        : Optional.of("of another program than planned (" + program + ")");
  }

  private String otherwise(TrialIdentity trial) {
    RunMethod method = methods.get(trial.method());
    return method != null && !method.sha256().equals(trial.jarSha256())
        ? "of another jar of " + trial.method() + " than planned"
        : "not in the plan, or defined otherwise there";
  }

  /** Copies a file that is not there yet; else the better of both stays. */
  private void copy(RunStore store, String part, String id, Runnable merge) {
    Path to = out.resolve(part).resolve(id + ".json");
    Path from = store.folder().resolve(part).resolve(id + ".json");
    if (from.toAbsolutePath().equals(to.toAbsolutePath())) {
      return;
    }
    try {
      if (Files.exists(to)) {
        if (Files.mismatch(from, to) >= 0) {
          merge.run();
        }
        return;
      }
      Folders.make(to.getParent());
      Path half = to.resolveSibling("." + id + ".part"); // without forcing each to the disk
      Files.copy(from, half, StandardCopyOption.REPLACE_EXISTING);
      Files.move(half, to, StandardCopyOption.ATOMIC_MOVE);
      copied++;
    } catch (IOException e) {
      throw new NepentheException(
          ErrorCode.IO, "cannot copy " + from + " to " + to + " (" + e + ")", e);
    }
  }

  /** Writes what a run's folder holds beside results. */
  public void finish() {
    new RunStore(out, warnings).put(PlannedTrials.of(plan.definition()));
    plan.plan().plugins().forEach(new KeptPlugins(out)::keep);
  }

  /** Returns how many files were copied. */
  public int copied() {
    return copied;
  }

  /** Returns what was not taken, and why: a line for each folder and reason. */
  public List<String> refusals() {
    return List.copyOf(refusals);
  }

  /** Returns the units of which results are absent. */
  public SortedSet<Integer> left(Completeness completeness) {
    SortedSet<Integer> left = new TreeSet<>();
    Set<Absent> absent = new HashSet<>(completeness.absent());
    if (absent.isEmpty()) {
      return left;
    }
    for (WorkUnit unit : plan.units()) {
      for (String task : unit.tasks()) {
        String method = unit.method();
        boolean lacks =
            method == null
                ? absent.contains(Absent.original(task, unit.seed()))
                : unit.points().stream()
                    .anyMatch(
                        point -> absent.contains(Absent.trial(task, unit.seed(), method, point)));
        if (lacks) {
          left.add(unit.index());
        }
      }
    }
    return left;
  }
}
