package io.nepenthe.report;

import io.nepenthe.metric.RepeatClass;
import io.nepenthe.metric.RowCounts;
import io.nepenthe.metric.Scores;
import io.nepenthe.plugin.Family;
import io.nepenthe.runstore.OriginalResult;
import io.nepenthe.runstore.TaskInfo;
import io.nepenthe.runstore.TrialIdentity;
import io.nepenthe.runstore.TrialResult;
import io.nepenthe.selection.Winner;
import io.nepenthe.summary.StoredRun;
import io.nepenthe.summary.SummaryRow;
import io.nepenthe.testkit.MadeScores;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The fixture's task of mathematics as four tasks: two and four layers, each mitigated after 20 and
 * after 50 passes. Regularizers have a curve up to pass 20, artifacts come once and ten times.
 */
public final class VariedRun {
  public static final List<String> TASKS =
      List.of("noise-l2-p20", "noise-l2-p50", "noise-l4-p20", "noise-l4-p50");

  /** Two models, each mitigated after 20 and after 50 passes; named against their order. */
  public static final List<String> MODELS = List.of("wide-p50", "wide-p20", "deep-p50", "deep-p20");

  private VariedRun() {}

  public static StoredRun run() {
    return of(
        TASKS,
        task -> {
          int layers = task.contains("l2") ? 2 : 4;
          return new TaskInfo(task, "noise", null, false, false, layers, null, null, "the rest");
        });
  }

  /** Returns the run of two models. */
  public static StoredRun ofModels() {
    return of(
        MODELS,
        task ->
            new TaskInfo(task, "noise", null, false, false, 2, null, null, task.substring(0, 4)));
  }

  /**
   * Returns the run of one published model after 36,000 and after 143,000 steps, without a curve.
   */
  public static StoredRun ofSteps() {
    StoredRun run =
        of(
            List.of("given-p50", "given-p20"),
            task ->
                new TaskInfo(
                    task,
                    "noise",
                    "pythia-2.8b",
                    task.endsWith("50") ? 143_000L : 36_000L,
                    false,
                    false,
                    2,
                    null,
                    null,
                    "given",
                    null));
    return new StoredRun(
        run.info(),
        run.originals().stream().map(VariedRun::withoutCurve).toList(),
        run.trials(),
        List.of(),
        run.summary(),
        List.of());
  }

  private static OriginalResult withoutCurve(OriginalResult old) {
    return new OriginalResult(
        old.schema(),
        old.id(),
        old.task(),
        old.seed(),
        old.taskHash(),
        old.dataHash(),
        old.checkpointHash(),
        old.parameters(),
        old.scores(),
        null,
        old.memorizedRows(),
        List.of(),
        old.trainingSeconds(),
        old.provenance());
  }

  /** Returns a run of tasks of these ids, of each of which such is known. */
  public static StoredRun of(List<String> tasks, Function<String, TaskInfo> infos) {
    StoredRun fixture = RunFixture.run();
    List<OriginalResult> originals = new ArrayList<>();
    List<TrialResult> trials = new ArrayList<>();
    List<SummaryRow> rows = new ArrayList<>();
    for (String task : tasks) {
      fixture.originals().stream()
          .filter(each -> each.task().equals(RunFixture.MATH))
          .forEach(each -> originals.add(original(each, task)));
      fixture.trials().stream()
          .filter(each -> each.identity().task().equals(RunFixture.MATH))
          .forEach(each -> trials.add(trial(each, task)));
      fixture.summary().stream()
          .filter(each -> each.task().equals(RunFixture.MATH))
          .forEach(each -> rows.add(row(each, task)));
    }
    Map<String, TaskInfo> info = new LinkedHashMap<>();
    tasks.forEach(task -> info.put(task, infos.apply(task)));
    return new StoredRun(Runs.ofTasks(info), originals, trials, List.of(), rows, List.of());
  }

  private static OriginalResult original(OriginalResult old, String task) {
    int last = task.endsWith("p20") ? 20 : 50;
    return new OriginalResult(
        old.schema(),
        task + "-" + old.seed(),
        task,
        old.seed(),
        old.taskHash(),
        old.dataHash(),
        old.checkpointHash(),
        old.parameters(),
        old.scores(),
        null,
        old.memorizedRows(),
        old.curve().stream()
            .filter(point -> point.pass() <= last)
            .map(
                point ->
                    new OriginalResult.CurvePoint(
                        point.pass(), point.trainingLoss(), repeated(point.scores(), point.pass())))
            .toList(),
        old.trainingSeconds(),
        old.provenance());
  }

  /** As many of ten rows with ten copies are memorized as tens of passes were made. */
  private static Scores repeated(Scores old, int pass) {
    RowCounts counts =
        new RowCounts(
            pass / 10,
            20,
            List.of(new RepeatClass(1, 10, 0, 10), new RepeatClass(10, 10, pass / 10, 10)));
    Scores scores = new Scores(old.metrics(), counts, old.accuracyPercentByTest());
    return MadeScores.with(scores, "memorizedPercent", counts.percent());
  }

  private static TrialResult trial(TrialResult old, String task) {
    TrialIdentity of = old.identity();
    List<OriginalResult.CurvePoint> curve =
        old.family() == Family.REGULARIZER
            ? List.of(
                new OriginalResult.CurvePoint(10, 1, old.before()),
                new OriginalResult.CurvePoint(20, 1, old.before()))
            : List.of();
    return new TrialResult(
        old.schema(),
        task + old.id(),
        new TrialIdentity(
            of.protocol(),
            task,
            of.taskHash(),
            of.dataHash(),
            of.checkpointHash(),
            of.method(),
            of.methodVersion(),
            of.jarSha256(),
            of.hyperparameters(),
            of.seed(),
            of.fidelity(),
            of.quirks(),
            of.device(),
            of.threads()),
        old.methodName(),
        old.family(),
        old.outcome(),
        old.before(),
        old.after(),
        old.beforeSplit(),
        old.afterSplit(),
        old.time(),
        old.changedEntries(),
        old.mitigatedHash(),
        curve,
        old.peakMemoryBytes(),
        old.peakDeviceMemoryBytes(),
        old.provenance(),
        old.finishedAt());
  }

  private static SummaryRow row(SummaryRow old, String task) {
    Map<Long, Winner> winners = new LinkedHashMap<>();
    old.winners()
        .forEach(
            (seed, winner) ->
                winners.put(
                    seed,
                    new Winner(task + winner.trial(), winner.hyperparameters(), winner.score())));
    return new SummaryRow(
        task,
        old.method(),
        old.name(),
        old.family(),
        old.seeds(),
        old.metrics(),
        old.seconds(),
        old.secondsSource(),
        old.secondsError(),
        old.sweepSeconds(),
        old.localizeSeconds(),
        old.editSeconds(),
        old.tuningSeconds(),
        winners,
        old.trials(),
        old.failures(),
        old.note(),
        old.timeNote(),
        old.sharedHyperparameters(),
        old.sharedHoldout(),
        old.memorizedByCopies(),
        old.excluded());
  }
}
