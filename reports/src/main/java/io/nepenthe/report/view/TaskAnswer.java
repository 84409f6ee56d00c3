package io.nepenthe.report.view;

import io.nepenthe.metric.Scores;
import io.nepenthe.report.view.Table.Column;
import io.nepenthe.report.view.Table.Order;
import io.nepenthe.report.view.Table.Row;
import io.nepenthe.runstore.OriginalResult;
import io.nepenthe.selection.TaskSelection;
import io.nepenthe.statistics.Comparison;
import io.nepenthe.statistics.Ranking;
import io.nepenthe.wording.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the numbers of a task say: which methods forget, at what cost, and how sure that is. No
 * sentence claims more than the stored trials show or the tests over seeds allow.
 */
public final class TaskAnswer {
  /** Methods of the first tie group that the table shows. */
  private static final int SHOWN = 6;

  private final ReportModel report;
  private final TaskSelection selection;
  private final Measure utility;

  private TaskAnswer(ReportModel report, TaskSelection selection) {
    this.report = report;
    this.selection = selection;
    utility = report.utility(selection.task());
  }

  /** Returns the answers of the tasks on which any method is ranked, in the suite's order. */
  public static List<TaskAnswer> of(ReportModel report) {
    return report.tasks().stream()
        .flatMap(task -> report.selection(task).stream())
        .filter(selection -> !selection.ranking().places().isEmpty())
        .map(selection -> new TaskAnswer(report, selection))
        .toList();
  }

  public String task() {
    return selection.task();
  }

  /** Returns which methods reached the target in all seeds; a count of what was observed. */
  public String forgetting() {
    Set<Long> seeds = seedsToForget();
    String most = Numbers.decimal(Effect.TARGET_MEMORIZED_PERCENT, 0) + " %";
    if (seeds.isEmpty()) {
      return "There is little to forget: before any method, at most " + most + " is memorized.";
    }
    List<MethodView> methods = methods();
    List<MethodView> compared = methods.stream().filter(each -> isCompared(each, seeds)).toList();
    if (compared.isEmpty()) {
      return "No method has a result that can be compared with the original model’s.";
    }
    List<String> there =
        compared.stream().filter(each -> isThere(each, seeds)).map(MethodView::label).toList();
    return "%s of %s leave%s at most %s memorized %s, with %s at most %.0f %% worse than the original model’s%s.%s"
        .formatted(
            there.isEmpty() ? "None" : Integer.toString(there.size()),
            Words.count(methods.size(), "method"),
            there.size() < 2 ? "s" : "",
            most,
            where(seeds),
            utility == Measure.ACCURACY ? "an accuracy" : "a perplexity",
            Effect.TARGET_LOSS_PERCENT,
            there.isEmpty() ? "" : ": " + Sentences.list(there),
            Sentences.naming("Without a result:", labels(methods, compared)));
  }

  /** Returns the seeds whose original model memorized more than the target allows. */
  private Set<Long> seedsToForget() {
    Set<Long> seeds = new TreeSet<>();
    for (OriginalResult original : report.originals(task())) {
      add(seeds, original.seed(), original.scores());
    }
    for (MethodView method : report.methods()) {
      report
          .trials(task(), method)
          .forEach(trial -> add(seeds, trial.identity().seed(), trial.before()));
    }
    return seeds;
  }

  private static void add(Set<Long> seeds, long seed, Scores before) {
    Double memorized = Measure.MEMORIZED.of(before);
    if (memorized != null && Effect.isAboveTarget(memorized)) {
      seeds.add(seed);
    }
  }

  /** Returns the methods that were run, controls aside. */
  private List<MethodView> methods() {
    return report.methods().stream()
        .filter(method -> !method.isOriginal() && !method.isControl())
        .filter(method -> !report.trials(task(), method).isEmpty())
        .toList();
  }

  private Map<Long, Effect> effects(MethodView method) {
    return Effect.bySeed(report, task(), method);
  }

  private boolean isCompared(MethodView method, Set<Long> seeds) {
    return effects(method).keySet().stream().anyMatch(seeds::contains);
  }

  private boolean isThere(MethodView method, Set<Long> seeds) {
    Map<Long, Effect> effects = effects(method);
    return effects.keySet().containsAll(seeds)
        && seeds.stream().allMatch(seed -> effects.get(seed).reachesTarget(utility));
  }

  private String where(Set<Long> seeds) {
    if (seeds.size() < report.info().seeds().size()) {
      return "with "
          + Sentences.seeds(seeds)
          + (seeds.size() == 1 ? ", whose original model" : ", whose original models")
          + " memorized more";
    }
    return seeds.size() == 1 ? "with the one seed" : "in every seed";
  }

  private static List<String> labels(List<MethodView> all, List<MethodView> but) {
    return all.stream().filter(each -> !but.contains(each)).map(MethodView::label).toList();
  }

  /** Returns the method with the best mean score, and what the tests tell it from. */
  public String certainty() {
    List<Ranking.Place> places = selection.ranking().places();
    Ranking.Place best = places.get(0);
    if (!isRanked(best)) {
      return "No method is ranked: " + name(best) + " has " + best.note() + ".";
    }
    int seeds = best.seeds().size();
    String first =
        seeds == 1
            ? "The best score, of one seed, is that of " + name(best) + "; one seed allows no test."
            : "The best mean score over " + seeds + " seeds is that of " + name(best) + ".";
    return first + (seeds == 1 ? "" : alike() + better());
  }

  /** Where nothing can be compared, the first place is no better than the others. */
  private static boolean isRanked(Ranking.Place place) {
    return !place.note().endsWith("not tested");
  }

  /** A lower place says that a method was told from the first of the place above, no more. */
  private String alike() {
    List<String> others = tied().stream().skip(1).map(this::name).toList();
    List<String> lower =
        selection.ranking().places().stream()
            .filter(place -> place.group() > 1)
            .filter(place -> place.withBest() != null && !place.withBest().isWorse(Ranking.LEVEL))
            .map(this::name)
            .toList();
    return (others.isEmpty()
            ? ""
            : " The tests do not tell it from " + Sentences.list(others) + ".")
        + (lower.isEmpty()
            ? ""
            : " Of those with a lower place, they do not tell it from "
                + Sentences.list(lower)
                + ".");
  }

  /** The test of a group's first method is against the first of the group before. */
  private String better() {
    for (Ranking.Place place : selection.ranking().places()) {
      Comparison comparison = place.comparison();
      if (place.group() > 1 && comparison != null && comparison.adjustedP() != null) {
        return " It is significantly better than %s (adjusted p %s)."
            .formatted(
                name(place), ("= " + RankingTable.p(comparison.adjustedP())).replace("= <", "<"));
      }
    }
    return "";
  }

  /** Returns what so few seeds cannot support, empty if nothing. */
  public String caveat() {
    return selection.ranking().caveat();
  }

  /** Returns how many methods of the first tie group the table leaves to the ranking. */
  public int more() {
    return Math.max(0, tied().size() - SHOWN);
  }

  /** Returns the methods that share the first place, below the original model. */
  public Table best() {
    List<Row> rows = new ArrayList<>();
    report.methods().stream()
        .filter(MethodView::isOriginal)
        .forEach(original -> rows.add(row(original, Cell.missing())));
    tied().stream()
        .limit(SHOWN)
        .forEach(
            place ->
                report
                    .method(place.id())
                    .ifPresent(
                        method ->
                            rows.add(
                                row(
                                    method,
                                    Cell.text(Numbers.decimal(place.score().mean(), 3))
                                        .ranged(Numbers.interval(place.score(), 3))
                                        .sortedBy(place.score().mean())))));
    int seeds = selection.ranking().places().get(0).seeds().size();
    return Table.of(
        "First place on "
            + report.title(task())
            + (seeds == 1 ? ", of one seed" : ": mean over " + seeds + " seeds, 95 % interval"),
        Order.SORTABLE,
        List.of(
            Column.text("Method"),
            Column.number(Measure.MEMORIZED.title()),
            Column.number(utility.title()),
            Column.number(Measure.SECONDS.title()),
            Column.number("Mean score")),
        rows);
  }

  private List<Ranking.Place> tied() {
    return selection.ranking().places().stream()
        .filter(TaskAnswer::isRanked)
        .filter(place -> place.group() == 1)
        .toList();
  }

  private Row row(MethodView method, Cell score) {
    String page = TrialPages.link(report, task(), method);
    return Row.of(
        method,
        List.of(
            cell(method, Measure.MEMORIZED).linked(page),
            cell(method, utility),
            cell(method, Measure.SECONDS),
            score));
  }

  private Cell cell(MethodView method, Measure measure) {
    return report
        .row(task(), method)
        .flatMap(measure::of)
        .map(
            statistic ->
                Cell.of(measure, statistic)
                    .ranged(Numbers.interval(statistic, measure.decimals(statistic.mean())))
                    .marked(ResultTables.marks(report, task(), method, measure)))
        .orElseGet(Cell::missing);
  }

  private String name(Ranking.Place place) {
    return report.method(place.id()).map(MethodView::label).orElse(place.id());
  }
}
