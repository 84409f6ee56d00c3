package io.nepenthe.report.view;

import io.nepenthe.report.view.Table.Column;
import io.nepenthe.report.view.Table.Order;
import io.nepenthe.report.view.Table.Row;
import io.nepenthe.selection.TaskSelection;
import io.nepenthe.statistics.Comparison;
import io.nepenthe.statistics.Ranking;
import io.nepenthe.wording.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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
    List<MethodView> methods =
        report.methods().stream()
            .filter(method -> !method.isOriginal() && !method.isControl())
            .filter(method -> !Effect.ofWinners(report, task(), method).isEmpty())
            .toList();
    List<String> there =
        methods.stream().filter(this::isThereInAllSeeds).map(MethodView::label).toList();
    return "%s of %s leave%s at most %.0f %% memorized in every seed, with %s at most %.0f %% worse than the original model’s%s."
        .formatted(
            there.isEmpty() ? "None" : Integer.toString(there.size()),
            Words.count(methods.size(), "method"),
            there.size() < 2 ? "s" : "",
            TimeToTarget.MEMORIZED_PERCENT,
            utility == Measure.ACCURACY ? "an accuracy" : "a perplexity",
            TimeToTarget.UTILITY_LOSS_PERCENT,
            there.isEmpty() ? "" : ": " + Sentences.list(there));
  }

  private boolean isThereInAllSeeds(MethodView method) {
    List<Effect> effects = Effect.ofWinners(report, task(), method);
    return effects.size() == report.info().seeds().size()
        && effects.stream()
            .allMatch(
                effect ->
                    effect.memorizedAfter() <= TimeToTarget.MEMORIZED_PERCENT
                        && effect.utilityLoss(utility) <= TimeToTarget.UTILITY_LOSS_PERCENT);
  }

  /** Returns the method with the best mean score, and what the tests tell it from. */
  public String certainty() {
    List<Ranking.Place> places = selection.ranking().places();
    Ranking.Place best = places.get(0);
    StringBuilder text = new StringBuilder();
    text.append("The best mean score over ")
        .append(Words.count(best.seeds().size(), "seed"))
        .append(" is that of ")
        .append(name(best))
        .append(". ");
    List<String> alike = tied().stream().skip(1).map(this::name).toList();
    Optional<Ranking.Place> next =
        places.stream().filter(place -> place.group() > best.group()).findFirst();
    if (!alike.isEmpty()) {
      text.append("The tests do not tell it from ").append(Sentences.list(alike)).append(". ");
    }
    next.ifPresent(place -> text.append(better(place)));
    return text.toString().strip();
  }

  /** The test of a group's first method is against the first of the group before. */
  private String better(Ranking.Place next) {
    Comparison comparison = next.comparison();
    return comparison == null || comparison.adjustedP() == null
        ? ""
        : "It is significantly better than %s (adjusted p = %s). "
            .formatted(name(next), RankingTable.p(comparison.adjustedP()))
            .replace("= <", "<");
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
    return Table.of(
        "First place on " + report.title(task()) + ": mean over seeds, 95 % interval",
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
    List<Ranking.Place> places = selection.ranking().places();
    return places.stream().filter(place -> place.group() == places.get(0).group()).toList();
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
