package io.nepenthe.summary;

import io.nepenthe.runstore.ChangedControl;
import io.nepenthe.runstore.OriginalResult;
import io.nepenthe.runstore.PlannedResults;
import io.nepenthe.runstore.RunInfo;
import io.nepenthe.runstore.RunStore;
import io.nepenthe.runstore.TimingResult;
import io.nepenthe.runstore.TrialIdentity;
import io.nepenthe.runstore.TrialResult;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Tells a run's own results from whatever else lies in its folder: of an earlier definition of the
 * suite, of another run, of a model that was trained anew since.
 */
final class OwnResults {
  private static final Pattern TRIAL = Pattern.compile("trials/(.+)\\.json");

  private final RunStore store;
  private final RunInfo info;
  private final Plan plan;

  private OwnResults(RunStore store, RunInfo info, Plan plan) {
    this.store = store;
    this.info = info;
    this.plan = plan;
  }

  /** Returns all that a folder holds of its run, and what it lacks. */
  static StoredResults of(RunStore store) {
    RunInfo info = store.info();
    Optional<Set<String>> planned = store.plannedTrials(); // which tells of damage, needed or not
    Plan plan =
        info.holdsDefinition()
            ? new Definition(PlannedResults.of(store.definition()))
            : new OldDefinition(info, planned);
    return new OwnResults(store, info, plan).read();
  }

  /** What a run is to hold. */
  private interface Plan {
    boolean holds(OriginalResult original);

    boolean holds(TrialResult trial);

    /** Returns the trials that are not there; damaged files tell of them where no plan does. */
    List<Absent> absent(List<TrialResult> trials, List<String> damaged);

    int trials();

    /** Returns true if a trial is of a method that is to leave the model as it is. */
    boolean leavesTheModel(TrialResult trial);
  }

  private record Definition(PlannedResults planned) implements Plan {
    @Override
    public boolean holds(OriginalResult original) {
      return planned.holds(original);
    }

    @Override
    public boolean holds(TrialResult trial) {
      return planned.holds(trial.identity());
    }

    @Override
    public List<Absent> absent(List<TrialResult> trials, List<String> damaged) {
      Set<Absent> there =
          trials.stream().map(trial -> Absent.trial(trial.identity())).collect(Collectors.toSet());
      return planned.trials().stream()
          .map(Absent::trial)
          .filter(trial -> !there.contains(trial))
          .toList();
    }

    @Override
    public int trials() {
      return planned.trials().size();
    }

    @Override
    public boolean leavesTheModel(TrialResult trial) {
      return planned.leavesTheModel(trial.identity());
    }
  }

  /** A run of an older program: what its files say of each other. */
  private record OldDefinition(RunInfo info, Optional<Set<String>> ids) implements Plan {
    @Override
    public boolean holds(OriginalResult original) {
      return info.tasks().contains(original.task()) && info.seeds().contains(original.seed());
    }

    @Override
    public boolean holds(TrialResult trial) {
      TrialIdentity identity = trial.identity();
      return ids.map(planned -> planned.contains(trial.id())).orElse(true)
          && info.tasks().contains(identity.task())
          && info.seeds().contains(identity.seed())
          && info.methods().contains(identity.method())
          && info.protocol().equals(identity.protocol())
          && info.fidelity() == identity.fidelity();
    }

    @Override
    public List<Absent> absent(List<TrialResult> trials, List<String> damaged) {
      Set<String> there = trials.stream().map(TrialResult::id).collect(Collectors.toSet());
      return ids.map(Set::stream)
          .orElseGet(() -> damaged.stream().flatMap(OldDefinition::trial))
          .filter(id -> !there.contains(id))
          .sorted()
          .map(Absent::trial)
          .toList();
    }

    private static Stream<String> trial(String file) {
      Matcher name = TRIAL.matcher(file);
      return name.matches() ? Stream.of(name.group(1)) : Stream.of();
    }

    @Override
    public int trials() {
      return ids.map(Set::size).orElse(0);
    }

    @Override
    public boolean leavesTheModel(TrialResult trial) {
      return false; // it is not known what its methods said of themselves
    }
  }

  private StoredResults read() {
    List<OriginalResult> allOriginals = store.originals();
    List<OriginalResult> originals = allOriginals.stream().filter(plan::holds).toList();
    List<TrialResult> allTrials = store.trials();
    List<TrialResult> trials =
        ofOneModel(allTrials.stream().filter(plan::holds).toList(), originals);
    trials.stream().filter(plan::leavesTheModel).forEach(OwnResults::requireUnchanged);
    Set<String> ids = trials.stream().map(TrialResult::id).collect(Collectors.toSet());
    List<TimingResult> allTimings = store.timings();
    List<TimingResult> timings =
        allTimings.stream()
            .filter(
                timing -> timing.shots().stream().allMatch(shot -> ids.contains(shot.trialId())))
            .toList();
    List<Absent> absent = new ArrayList<>(absentOriginals(originals));
    int planned = info.tasks().size() * info.seeds().size() + plan.trials();
    absent.addAll(plan.absent(trials, store.damaged()));
    int others =
        allOriginals.size()
            - originals.size()
            + allTrials.size()
            - trials.size()
            + allTimings.size()
            - timings.size();
    return new StoredResults(
        info,
        originals,
        trials,
        timings,
        store.challenges(),
        new Completeness(planned, absent, others, store.damaged()));
  }

  private static void requireUnchanged(TrialResult trial) {
    Long changed = trial.changedEntries();
    if (changed != null && changed > 0) {
      throw ChangedControl.of("trial " + trial.id(), changed);
    }
  }

  private List<Absent> absentOriginals(List<OriginalResult> originals) {
    Set<Absent> there =
        originals.stream()
            .map(each -> Absent.original(each.task(), each.seed()))
            .collect(Collectors.toSet());
    return info.tasks().stream()
        .flatMap(task -> info.seeds().stream().map(seed -> Absent.original(task, seed)))
        .filter(original -> !there.contains(original))
        .toList();
  }

  /**
   * Leaves out trials of other models than the stored original of their task and seed. Where that
   * is absent, trials of several models are all left out: nothing tells which is meant.
   */
  private static List<TrialResult> ofOneModel(
      List<TrialResult> trials, List<OriginalResult> originals) {
    Map<String, OriginalResult> byId = new HashMap<>();
    originals.forEach(original -> byId.put(original.id(), original));
    Map<String, Set<String>> models = new HashMap<>();
    for (TrialResult trial : trials) {
      TrialIdentity identity = trial.identity();
      models
          .computeIfAbsent(original(trial), id -> new HashSet<>())
          .add(identity.taskHash() + identity.dataHash() + identity.checkpointHash());
    }
    return trials.stream()
        .filter(
            trial -> {
              OriginalResult original = byId.get(original(trial));
              return original == null
                  ? models.get(original(trial)).size() == 1
                  : trial.isOf(original);
            })
        .toList();
  }

  private static String original(TrialResult trial) {
    return OriginalResult.id(trial.identity().task(), trial.identity().seed());
  }
}
