package io.nepenthe.leaderboard;

import io.nepenthe.json.Json;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import io.nepenthe.runstore.TimingResult;
import io.nepenthe.runstore.TrialIdentity;
import io.nepenthe.runstore.TrialResult;
import io.nepenthe.suite.SelectionSpec;
import io.nepenthe.summary.StoredRun;
import io.nepenthe.wording.Words;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BinaryOperator;

/** The trials of all runs, by what they may be compared with. */
final class Pool {
  /** Of one setting that was run twice on one original model, the first valid one counts. */
  private static final Comparator<TrialResult> FIRST_VALID =
      Comparator.comparing(TrialResult::isValid, Comparator.reverseOrder())
          .thenComparing(TrialResult::finishedAt)
          .thenComparing(Json::line);

  private static final Comparator<Source> BY_NAME =
      Comparator.comparing(Source::suite).thenComparing(Json::line);

  private final SortedMap<BoardKey, SortedMap<TaskKey, SortedMap<String, TrialResult>>> trials =
      new TreeMap<>();
  private final SortedMap<BoardKey, SortedSet<Source>> sources = new TreeMap<>();
  private final List<TimingResult> timings = new ArrayList<>();

  /** The method whose time limits that of others, of the first run that has one. */
  private final Map<TaskKey, String> limits = new HashMap<>();

  private Pool() {}

  static Pool of(Collection<StoredRun> runs) {
    Pool pool = new Pool();
    runs.forEach(pool::add);
    return pool;
  }

  private void add(StoredRun run) {
    Set<BoardKey> boards = new HashSet<>();
    for (TrialResult trial : run.trials()) {
      TrialIdentity identity = trial.identity();
      BoardKey board = BoardKey.of(identity);
      SelectionSpec rules = run.info().selection(identity.task());
      TaskKey task = new TaskKey(identity.task(), identity.taskHash(), rules.limitedBy(null));
      if (rules.limit() != null) {
        limits.putIfAbsent(task, rules.limit());
      }
      trials
          .computeIfAbsent(board, key -> new TreeMap<>())
          .computeIfAbsent(task, key -> new TreeMap<>())
          .merge(setting(trial), trial, BinaryOperator.minBy(FIRST_VALID));
      boards.add(board);
    }
    Source source = Source.of(run);
    boards.forEach(
        board -> sources.computeIfAbsent(board, key -> new TreeSet<>(BY_NAME)).add(source));
    timings.addAll(run.timings());
  }

  /**
   * Returns what tells a trial from others of its task. Threads, device and jar are not among it: a
   * setting that is run again on the same model is no second try.
   */
  private static String setting(TrialResult trial) {
    TrialIdentity identity = trial.identity();
    SortedMap<String, Double> point = new TreeMap<>();
    identity.hyperparameters().forEach((name, value) -> point.put(name, value.doubleValue()));
    return Json.line(
        List.of(
            identity.method(),
            identity.methodVersion(),
            identity.seed(),
            identity.checkpointHash(),
            point));
  }

  /** Returns the boards, the newest protocol first. */
  List<Board> boards() {
    List<Board> boards = new ArrayList<>();
    trials.forEach((key, tasks) -> boards.add(board(key, tasks)));
    return boards;
  }

  private Board board(BoardKey key, SortedMap<TaskKey, SortedMap<String, TrialResult>> pooled) {
    NewestVersions newest =
        NewestVersions.of(pooled.values().stream().flatMap(each -> each.values().stream()));
    List<TaskBoard> tasks = new ArrayList<>();
    List<String> leftOut = new ArrayList<>(newest.leftOut());
    pooled.forEach(
        (task, all) -> {
          List<TrialResult> ranked = all.values().stream().filter(newest::has).toList();
          requireSameData(task, ranked);
          if (!ranked.isEmpty()) {
            OneOriginal original = OneOriginal.of(ranked);
            String name = name(task, pooled.keySet());
            tasks.add(
                new TaskRanking(task, limits.get(task), ranked, original, timings).board(name));
            leftOut(name, ranked, original).ifPresent(leftOut::add);
          }
        });
    return new Board(
        key.protocol(),
        key.fidelity(),
        key.quirks(),
        List.copyOf(sources.getOrDefault(key, new TreeSet<>(BY_NAME))),
        tasks,
        Overall.of(tasks),
        leftOut);
  }

  private static Optional<String> leftOut(
      String task, List<TrialResult> trials, OneOriginal original) {
    List<TrialResult> others = trials.stream().filter(trial -> !original.has(trial)).toList();
    if (others.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        task
            + ": "
            + Words.count(others.size(), "trial")
            + " of other original models of seeds "
            + BoardWords.seeds(
                others.stream().map(each -> each.identity().seed()).distinct().sorted().toList())
            + "; one model of each seed counts, that on which most methods were run");
  }

  private static String name(TaskKey task, Collection<TaskKey> all) {
    return all.stream().filter(other -> other.task().equals(task.task())).count() == 1
        ? task.task()
        : task.task() + " (" + task.shortHash() + ")";
  }

  private static void requireSameData(TaskKey task, List<TrialResult> trials) {
    Map<Long, String> data = new HashMap<>();
    for (TrialResult trial : trials) {
      TrialIdentity identity = trial.identity();
      String before = data.putIfAbsent(identity.seed(), identity.dataHash());
      if (before != null && !before.equals(identity.dataHash())) {
        throw new NepentheException(
            ErrorCode.BAD_USAGE,
            "task "
                + task.task()
                + ", seed "
                + identity.seed()
                + ": the runs measured on different data, so their results do not compare. Give"
                + " only runs of one version of the data.");
      }
    }
  }
}
