package io.nepenthe.summary;

import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import io.nepenthe.runstore.ChallengeResult;
import io.nepenthe.runstore.OriginalResult;
import io.nepenthe.runstore.RunInfo;
import io.nepenthe.runstore.TimingResult;
import io.nepenthe.runstore.TrialIdentity;
import io.nepenthe.runstore.TrialResult;
import io.nepenthe.wording.Words;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Makes one run of several; the folder that is added first goes before the others. */
final class RunMerger {
  private final Consumer<String> warnings;
  private final Map<Path, RunInfo> infos = new LinkedHashMap<>();
  private final Map<String, OriginalResult> originals = new LinkedHashMap<>();
  private final Map<Setting, TrialResult> trials = new HashMap<>();
  private final List<TimingResult> timings = new ArrayList<>();
  private final Map<Challenged, ChallengeResult> challenges = new LinkedHashMap<>();
  private final Map<String, Path> folders = new HashMap<>();
  private final Map<String, String> taskHashes = new HashMap<>();
  private final Map<String, String> dataHashes = new HashMap<>();
  private final Set<Absent> absent = new LinkedHashSet<>();
  private final List<String> damaged = new ArrayList<>();
  private final Map<String, String> models = new HashMap<>();
  private final Map<String, String> jars = new HashMap<>();
  private final Map<String, String> challengeHashes = new HashMap<>();
  private int others;

  /**
   * Of which one trial is kept: of a task and seed there is one original model, of a method one
   * jar.
   */
  private record Setting(String task, String method, long seed, Map<String, Number> point) {
    static Setting of(TrialIdentity identity) {
      return new Setting(
          identity.task(), identity.method(), identity.seed(), identity.hyperparameters());
    }
  }

  /** Of which one result of challenges is kept. */
  private record Challenged(String task, long seed, String subject, @Nullable String trial) {
    static Challenged of(ChallengeResult result) {
      return new Challenged(result.task(), result.seed(), result.subject(), result.trial());
    }
  }

  RunMerger(Consumer<String> warnings) {
    this.warnings = warnings;
  }

  void add(Path folder, StoredResults results) {
    infos.forEach((other, info) -> requireAlike(other, info, folder, results.info()));
    infos.put(folder, results.info());
    List<String> differing = new ArrayList<>();
    for (OriginalResult original : results.originals()) {
      requireSameTask(folder, original);
      requireSameModel(folder, original.task(), original.seed(), original.checkpointHash());
      originals.putIfAbsent(original.id(), original);
      folders.putIfAbsent(original.id(), folder);
    }
    for (TrialResult trial : results.trials()) {
      requireSameModel(folder, trial.identity());
      requireSameJar(folder, trial.identity());
      TrialResult kept = trials.get(Setting.of(trial.identity()));
      if (kept == null || (trial.isValid() && !kept.isValid())) {
        trials.put(Setting.of(trial.identity()), trial);
        folders.put(trial.id(), folder);
      }
      if (kept != null && !isSameResult(kept, trial)) {
        differing.add(trial.id());
      }
    }
    timings.addAll(results.timings());
    for (ChallengeResult challenged : results.challenges()) {
      requireSame(
          challengeHashes,
          "what challenges asked",
          challenged.challengesHash(),
          folder,
          "is something else");
      challenges.putIfAbsent(Challenged.of(challenged), challenged);
    }
    absent.addAll(results.completeness().absent());
    others += results.completeness().others();
    results.completeness().damaged().forEach(file -> damaged.add(folder.resolve(file).toString()));
    if (!differing.isEmpty()) {
      warnings.accept(
          folder
              + " holds other results than the folders before it in "
              + Words.count(differing.size(), "place")
              + " (the first: "
              + differing.get(0)
              + "); those of the folder named first are kept, unless they are of no valid trial");
    }
  }

  private static void requireAlike(Path a, RunInfo first, Path b, RunInfo second) {
    requireEqual("protocol", a, first.protocol(), b, second.protocol());
    requireEqual("suite", a, first.suite(), b, second.suite());
    requireEqual("fidelity", a, first.fidelity().id(), b, second.fidelity().id());
  }

  private static void requireEqual(String what, Path a, String first, Path b, String second) {
    if (!first.equals(second)) {
      throw new NepentheException(
          ErrorCode.BAD_USAGE,
          "results of %s are of %s %s, those of %s of %s %s, and do not compare. Report them apart."
              .formatted(a, what, first, b, what, second));
    }
  }

  private void requireSameTask(Path folder, OriginalResult original) {
    requireSame(
        taskHashes, "task " + original.task(), original.taskHash(), folder, "is defined otherwise");
    requireSame(
        dataHashes,
        "task " + original.task() + " seed " + original.seed(),
        original.dataHash(),
        folder,
        "has other rows");
  }

  private void requireSameModel(Path folder, TrialIdentity trial) {
    requireSameModel(folder, trial.task(), trial.seed(), trial.checkpointHash());
  }

  /**
   * Scores after mitigation say what became of one model: those of two are no pair, and no mean.
   */
  private void requireSameModel(Path folder, String task, long seed, String hash) {
    requireSame(
        models,
        "task " + task + " seed " + seed,
        hash,
        folder,
        "begins with another original model");
  }

  private void requireSameJar(Path folder, TrialIdentity trial) {
    requireSame(
        jars,
        "method " + trial.method(),
        trial.methodVersion() + " " + trial.jarSha256(),
        folder,
        "is another version or another jar");
  }

  private static void requireSame(
      Map<String, String> known, String what, String hash, Path folder, String difference) {
    String first = known.putIfAbsent(what, hash);
    if (first != null && !first.equals(hash)) {
      throw new NepentheException(
          ErrorCode.BAD_USAGE,
          "%s of %s %s than that of the folders before it, and does not compare. Report it apart."
              .formatted(what, folder, difference));
    }
  }

  /** Times and machines may differ, reasons of failures too. */
  private static boolean isSameResult(TrialResult a, TrialResult b) {
    return a.before().equals(b.before())
        && Objects.equals(a.after(), b.after())
        && Objects.equals(a.afterSplit(), b.afterSplit())
        && isSameIfKnown(a.mitigatedHash(), b.mitigatedHash());
  }

  private static boolean isSameIfKnown(@Nullable String a, @Nullable String b) {
    return a == null || b == null || a.equals(b);
  }

  /** What one run lacks, another may have. */
  private Completeness completeness() {
    Set<Absent> there = new HashSet<>();
    originals.values().forEach(each -> there.add(Absent.original(each.task(), each.seed())));
    trials.values().forEach(each -> there.add(Absent.trial(each.identity())));
    List<Absent> missing =
        absent.stream()
            .filter(each -> !there.contains(each) && !folders.containsKey(each.setting()))
            .toList();
    return new Completeness(
        originals.size() + trials.size() + missing.size(), missing, others, damaged);
  }

  MergedRun merged() {
    List<TrialResult> sorted =
        trials.values().stream().sorted(Comparator.comparing(TrialResult::id)).toList();
    StoredResults all =
        new StoredResults(
            MergedInfo.of(List.copyOf(infos.values())),
            List.copyOf(originals.values()),
            sorted,
            timings,
            List.copyOf(challenges.values()),
            completeness());
    StoredRun run = all.summarised();
    int otherTimings = timings.size() - run.timings().size();
    if (otherTimings > 0) {
      warnings.accept(
          Words.count(otherTimings, "timing")
              + " of another class of machines left out: their times do not compare with the others");
    }
    return new MergedRun(run, Map.copyOf(folders));
  }
}
