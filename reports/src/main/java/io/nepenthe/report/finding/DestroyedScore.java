package io.nepenthe.report.finding;

import io.nepenthe.report.lasting.TaskChallenges;
import io.nepenthe.report.view.Effect;
import io.nepenthe.report.view.Measure;
import io.nepenthe.report.view.MethodView;
import io.nepenthe.report.view.Numbers;
import io.nepenthe.report.view.ReportModel;
import io.nepenthe.statistics.Statistic;
import io.nepenthe.wording.Words;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What is a destroyed model worth on forgetting alone? It is told of a method that destroys models,
 * and after which they recite next to nothing in every seed, so that no test is needed.
 */
final class DestroyedScore implements Candidate {
  @Override
  public Optional<Clause> clause(TaskChallenges task) {
    return task.models().stream()
        .filter(method -> !method.isOriginal() && task.isDestroyed(method))
        .filter(method -> memorized(task, method).filter(DestroyedScore::isLittle).isPresent())
        .min(Comparator.comparingDouble(method -> mean(task, method)))
        .map(method -> new Clause(task.task(), Verdict.YES, words(task, method)));
  }

  private static boolean isLittle(Statistic memorized) {
    return memorized.max() <= Effect.TARGET_MEMORIZED_PERCENT;
  }

  private static Optional<Statistic> memorized(TaskChallenges task, MethodView method) {
    return task.report().row(task.task(), method).flatMap(Measure.MEMORIZED::of);
  }

  private static double mean(TaskChallenges task, MethodView method) {
    return memorized(task, method).map(Statistic::mean).orElse(Double.NaN);
  }

  private static String words(TaskChallenges task, MethodView destroyed) {
    ReportModel report = task.report();
    List<MethodView> others =
        report.methods().stream()
            .filter(method -> task.compared().contains(method.id()))
            .filter(method -> memorized(task, method).isPresent())
            .toList();
    long beaten =
        others.stream().filter(method -> mean(task, method) >= mean(task, destroyed)).count();
    return "On %s, %s leaves %s %% memorized, no more than %d of %s that are not destroyed, with %s."
        .formatted(
            task.task(),
            destroyed.label(),
            Numbers.decimal(mean(task, destroyed), 1),
            beaten,
            Words.count(others.size(), "method"),
            Quoted.utility(report, task.task(), destroyed.id()));
  }

  @Override
  public String lead(Verdict verdict) {
    return "A destroyed model scores well on forgetting alone";
  }
}
