package io.nepenthe.leaderboard;

import io.nepenthe.json.Json;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import io.nepenthe.runstore.TrialIdentity;
import io.nepenthe.runstore.TrialResult;
import io.nepenthe.summary.StoredRun;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The results of all submissions, by what they may be compared with. */
final class Pool {
  private static final Comparator<Source> BY_NAME =
      Comparator.comparing(Source::suite).thenComparing(Json::line);

  private final Terms terms;
  private final SortedMap<BoardKey, SortedMap<TaskKey, List<RunResult>>> results = new TreeMap<>();
  private final SortedMap<BoardKey, List<Source>> sources = new TreeMap<>();

  /** Who brought a jar first, in the order in which they came. */
  private final Map<BoardKey, LinkedHashMap<EntryKey, String>> claimants = new HashMap<>();

  private Pool(List<SubmittedRun> submissions, Terms terms) {
    this.terms = terms;
    submissions.forEach(this::add);
  }

  /**
   * Takes submissions.
   *
   * @param submissions in the order in which they came
   */
  static Pool of(List<SubmittedRun> submissions, Terms terms) {
    return new Pool(submissions, terms);
  }

  private void add(SubmittedRun submission) {
    Map<BoardKey, Map<TaskKey, List<TrialResult>>> own =
        submission.run().trials().stream()
            .collect(
                Collectors.groupingBy(
                    trial -> BoardKey.of(trial.identity()),
                    TreeMap::new,
                    Collectors.groupingBy(
                        trial -> task(submission.run(), trial.identity()),
                        TreeMap::new,
                        Collectors.toList())));
    own.forEach(
        (board, tasks) -> {
          sources.computeIfAbsent(board, key -> new ArrayList<>()).add(Source.of(submission));
          tasks.forEach((task, trials) -> add(board, task, submission, trials));
        });
  }

  private void add(
      BoardKey board, TaskKey task, SubmittedRun submission, List<TrialResult> trials) {
    List<RunResult> own = RunResult.of(submission, task, trials, terms.known());
    results
        .computeIfAbsent(board, key -> new TreeMap<>())
        .computeIfAbsent(task, key -> new ArrayList<>())
        .addAll(own);
    if (submission.isAccepted()) {
      Map<EntryKey, String> claims = claimants.computeIfAbsent(board, key -> new LinkedHashMap<>());
      own.forEach(result -> claims.putIfAbsent(result.key(), submission.claimant()));
    }
  }

  private static TaskKey task(StoredRun run, TrialIdentity trial) {
    return new TaskKey(trial.task(), trial.taskHash(), run.info().selection(trial.task()));
  }

  /** Returns the boards, the newest protocol first. */
  List<Board> boards() {
    List<Board> boards = new ArrayList<>();
    results.forEach((key, tasks) -> boards.add(board(key, tasks)));
    return boards;
  }

  private Board board(BoardKey key, SortedMap<TaskKey, List<RunResult>> all) {
    SortedMap<TaskKey, List<RunResult>> ranked = new TreeMap<>(all);
    ranked.values().removeIf(each -> each.stream().noneMatch(Pool::isAccepted));
    Standing standing =
        Standing.of(claimants.getOrDefault(key, new LinkedHashMap<>()), terms.known());
    List<TaskBoard> tasks = new ArrayList<>();
    List<String> leftOut = new ArrayList<>(standing.leftOut());
    ranked.forEach(
        (task, each) -> {
          TaskRanking ranking = new TaskRanking(task, each, standing, terms);
          String name = name(task, ranked.keySet());
          tasks.add(ranking.board(name));
          leftOut.addAll(ranking.leftOut(name));
        });
    return new Board(
        key.protocol(),
        key.fidelity(),
        key.quirks(),
        sources.getOrDefault(key, List.of()).stream().sorted(BY_NAME).toList(),
        tasks,
        Overall.of(tasks),
        leftOut);
  }

  private static boolean isAccepted(RunResult result) {
    return result.submission().isAccepted();
  }

  private static String name(TaskKey task, Collection<TaskKey> all) {
    return all.stream().filter(other -> other.task().equals(task.task())).count() == 1
        ? task.task()
        : task.task() + " (" + task.shortHash() + ")";
  }

  /**
   * Does nothing if all runs measured on the same rows.
   *
   * @throws NepentheException with BAD_USAGE if two did not
   */
  void requireSameData() {
    results.values().stream()
        .flatMap(tasks -> tasks.entrySet().stream())
        .forEach(task -> requireSameData(task.getKey(), task.getValue()));
  }

  private static void requireSameData(TaskKey task, List<RunResult> results) {
    Map<Long, String> data = new HashMap<>();
    results.stream()
        .flatMap(result -> result.trials().stream())
        .map(TrialResult::identity)
        .forEach(
            trial -> {
              String before = data.putIfAbsent(trial.seed(), trial.dataHash());
              if (before != null && !before.equals(trial.dataHash())) {
                throw new NepentheException(
                    ErrorCode.BAD_USAGE,
                    "task "
                        + task.task()
                        + ", seed "
                        + trial.seed()
                        + ": the runs measured on different data, so their results do not compare."
                        + " Give only runs of one version of the data.");
              }
            });
  }
}
