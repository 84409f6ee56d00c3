package io.nepenthe.leaderboard;

import io.nepenthe.json.Json;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import io.nepenthe.runstore.TimingResult;
import io.nepenthe.runstore.TrialIdentity;
import io.nepenthe.runstore.TrialResult;
import io.nepenthe.suite.SelectionSpec;
import io.nepenthe.summary.StoredRun;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BinaryOperator;

/** The trials of all runs, by what they may be compared with. */
final class Pool {
  /** Of one trial that was run twice, the first to end counts. */
  private static final Comparator<TrialResult> FIRST_ENDED =
      Comparator.comparing(TrialResult::finishedAt).thenComparing(Json::line);

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
          .merge(trial.id(), trial, BinaryOperator.minBy(FIRST_ENDED));
      boards.add(board);
    }
    Source source = Source.of(run);
    boards.forEach(
        board -> sources.computeIfAbsent(board, key -> new TreeSet<>(BY_NAME)).add(source));
    timings.addAll(run.timings());
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
    pooled.forEach(
        (task, all) -> {
          List<TrialResult> ranked = all.values().stream().filter(newest::has).toList();
          requireSameData(task, ranked);
          if (!ranked.isEmpty()) {
            tasks.add(
                new TaskRanking(task, limits.get(task), ranked, timings)
                    .board(name(task, pooled.keySet())));
          }
        });
    return new Board(
        key.protocol(),
        key.fidelity(),
        key.quirks(),
        List.copyOf(sources.getOrDefault(key, new TreeSet<>(BY_NAME))),
        tasks,
        Overall.of(tasks),
        newest.leftOut());
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
