package io.nepenthe.report.lasting;

import io.nepenthe.report.view.MethodView;
import io.nepenthe.report.view.ReportModel;
import io.nepenthe.retention.ChallengedTask;
import io.nepenthe.retention.ChallengesDocument;
import io.nepenthe.retention.MeanRetention;
import io.nepenthe.retention.RankChange;
import io.nepenthe.retention.Regained;
import io.nepenthe.retention.Retention;
import io.nepenthe.retention.UtilityGuard;
import io.nepenthe.retention.Variant;
import io.nepenthe.runstore.TrialResult;
import io.nepenthe.statistics.Statistic;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** What challenges left on one task, for its tables, charts and findings. */
public final class TaskChallenges {
  private final ReportModel report;
  private final ChallengedTask task;
  private final List<Retention> retentions;
  private final List<Regained> regained;
  private final List<RankChange> ranks;
  private final Map<String, List<UtilityGuard>> guards = new HashMap<>();

  private TaskChallenges(ReportModel report, ChallengedTask task) {
    this.report = report;
    this.task = task;
    retentions = Retention.of(task);
    ranks = ChallengesDocument.ranks(report.run(), task);
    for (MethodView method : report.methods()) {
      guards.put(
          method.id(),
          report.winners(task.task(), method).stream()
              .flatMap(trial -> guard(trial).stream())
              .toList());
    }
    List<String> compared = compared();
    regained =
        Regained.of(retentions.stream().filter(each -> compared.contains(each.method())).toList());
  }

  /** Returns the tasks of which anything was challenged, in the suite's order. */
  public static List<TaskChallenges> of(ReportModel report) {
    return report.tasks().stream()
        .map(task -> ChallengedTask.of(task, report.run().challenges()))
        .filter(task -> !task.isEmpty())
        .map(task -> new TaskChallenges(report, task))
        .toList();
  }

  private static Optional<UtilityGuard> guard(TrialResult trial) {
    return Optional.ofNullable(trial.after())
        .flatMap(after -> UtilityGuard.of(trial.before(), after));
  }

  public String task() {
    return task.task();
  }

  public ReportModel report() {
    return report;
  }

  public ChallengedTask measured() {
    return task;
  }

  /** Returns the original model and the challenged methods, in the tables' order. */
  public List<MethodView> models() {
    List<String> challenged = task.methods();
    return report.methods().stream()
        .filter(method -> method.isOriginal() || challenged.contains(method.id()))
        .toList();
  }

  /** Returns the ids of the methods that compete: no controls, and none that is destroyed. */
  public List<String> compared() {
    return models().stream()
        .filter(method -> !method.isOriginal() && !method.isControl() && !isDestroyed(method))
        .map(MethodView::id)
        .toList();
  }

  /** Returns the kinds of challenges after which a model may recite again, in the suite's order. */
  public List<String> kinds() {
    return task.challenges().stream().filter(Retention.KINDS::contains).toList();
  }

  /** Returns the variants of a kind, after them the worst of several. */
  public List<Variant> variants(String kind) {
    List<Variant> variants = new ArrayList<>(task.variants(kind));
    if (variants.size() > 1) {
      variants.add(Variant.worst(kind));
    }
    return variants;
  }

  /** Returns the one variant that stands for a kind: the worst, or the only one. */
  public Optional<Variant> standing(String kind) {
    List<Variant> variants = variants(kind);
    return variants.isEmpty() ? Optional.empty() : Optional.of(variants.get(variants.size() - 1));
  }

  /** Returns what a method keeps under a variant; nothing for the original model. */
  public Optional<Retention> retention(MethodView method, Variant variant) {
    return retentions.stream()
        .filter(each -> each.method().equals(method.id()))
        .filter(each -> each.challenge().equals(variant.challenge()))
        .filter(each -> each.variant().equals(variant.name()))
        .findFirst();
  }

  public List<Retention> retentions() {
    return retentions;
  }

  /** Returns what the methods that compete keep on average under a variant. */
  public Optional<MeanRetention> mean(Variant variant) {
    return MeanRetention.of(retentions, variant, compared());
  }

  /** Returns the tests of whether memorized text came back. */
  public List<Regained> regained() {
    return regained;
  }

  /** Returns the methods in the order of what is memorized under challenges. */
  public List<RankChange> ranks() {
    return ranks;
  }

  /** Returns the harmonic mean of forgetting and utility, over the seeds of a method. */
  public Optional<Statistic> guard(MethodView method) {
    return Optional.ofNullable(
        Statistic.of(
            Objects.requireNonNull(guards.get(method.id())).stream()
                .map(UtilityGuard::value)
                .toList()));
  }

  /** Returns true if a method's models are destroyed, at least in nine of ten seeds. */
  public boolean isDestroyed(MethodView method) {
    return UtilityGuard.areDestroyed(guards.getOrDefault(method.id(), List.of()));
  }
}
