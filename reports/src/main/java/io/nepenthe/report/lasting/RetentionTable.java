package io.nepenthe.report.lasting;

import io.nepenthe.report.view.Cell;
import io.nepenthe.report.view.Measure;
import io.nepenthe.report.view.MethodView;
import io.nepenthe.report.view.Numbers;
import io.nepenthe.report.view.Table;
import io.nepenthe.report.view.Table.Column;
import io.nepenthe.report.view.Table.ColumnGroup;
import io.nepenthe.report.view.Table.Order;
import io.nepenthe.report.view.Table.Row;
import io.nepenthe.report.view.TrialPages;
import io.nepenthe.retention.Retention;
import io.nepenthe.retention.Variant;
import io.nepenthe.selection.BySeed;
import io.nepenthe.statistics.Statistic;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What each method keeps of its forgetting under each challenge. */
public final class RetentionTable {
  /** What stands where nothing was forgotten. */
  static final String UNDEFINED = "not defined";

  private static final int DECIMALS = 2;

  private RetentionTable() {}

  /**
   * Returns a task's table of one column for each kind of challenge, the worst of its variants;
   * nothing if no challenge can bring anything back.
   */
  public static Optional<Table> brief(TaskChallenges task) {
    if (task.kinds().isEmpty()) {
      return Optional.empty();
    }
    Measure utility = task.report().utility(task.task());
    List<Variant> standing =
        task.kinds().stream().flatMap(kind -> task.standing(kind).stream()).toList();
    List<ColumnGroup> groups =
        List.of(
            group(
                task,
                "As judged",
                List.of(Measure.MEMORIZED.title(), utility.title(), "Forgetting and utility")),
            group(
                task,
                "Retention under the worst of",
                standing.stream().map(each -> ChallengeWords.kind(each.challenge())).toList()));
    List<Row> rows = new ArrayList<>();
    for (MethodView method : task.models()) {
      List<Cell> cells = new ArrayList<>(judged(task, utility, method));
      standing.forEach(variant -> cells.add(cell(task, method, variant)));
      rows.add(Row.of(method, cells));
    }
    String guard =
        " Forgetting and utility is the harmonic mean of the share no longer memorized and the share"
            + " of the utility that is left.";
    return Optional.of(
        table(task, "What each method keeps of its forgetting", guard, groups, rows));
  }

  /** Returns a task's table of one column for each variant; nothing likewise. */
  public static Optional<Table> whole(TaskChallenges task) {
    if (task.kinds().isEmpty()) {
      return Optional.empty();
    }
    List<ColumnGroup> groups = new ArrayList<>();
    for (String kind : task.kinds()) {
      groups.add(
          group(
              task,
              ChallengeWords.kind(kind),
              task.variants(kind).stream().map(ChallengeWords::variant).toList()));
    }
    List<Row> rows = new ArrayList<>();
    for (MethodView method : task.models()) {
      rows.add(
          Row.of(
              method,
              task.kinds().stream()
                  .flatMap(kind -> task.variants(kind).stream())
                  .map(variant -> cell(task, method, variant))
                  .toList()));
    }
    return Optional.of(table(task, "What each method keeps under every variant", "", groups, rows));
  }

  private static Table table(
      TaskChallenges task, String what, String more, List<ColumnGroup> groups, List<Row> rows) {
    return new Table(
        what
            + " on "
            + task.report().title(task.task())
            + ": retention, mean over seeds with its 95 % interval. "
            + explanation()
            + more,
        Order.BY_KIND,
        "Method",
        groups,
        rows);
  }

  /** Returns what retention is, the same for every table and chart. */
  public static String explanation() {
    return "Retention is the share of the forgetting that a challenge leaves: 1 is lasting, 0 says"
        + " that all came back. It is not defined where fewer than "
        + Numbers.decimal(Retention.LEAST_FORGOTTEN, 0)
        + " points of % memorized were forgotten.";
  }

  private static ColumnGroup group(TaskChallenges task, String title, List<String> columns) {
    return new ColumnGroup(title, task.task(), columns.stream().map(Column::number).toList());
  }

  private static List<Cell> judged(TaskChallenges task, Measure utility, MethodView method) {
    String page = TrialPages.link(task.report(), task.task(), method);
    return List.of(
        judged(task, method, Measure.MEMORIZED).linked(page),
        judged(task, method, utility),
        task.guard(method)
            .map(guard -> decimal(guard).marked(marks(task, method)))
            .orElseGet(Cell::missing));
  }

  private static List<String> marks(TaskChallenges task, MethodView method) {
    return task.isDestroyed(method) ? List.of(Cell.DESTROYED) : List.of();
  }

  private static Cell judged(TaskChallenges task, MethodView method, Measure measure) {
    return task.report()
        .row(task.task(), method)
        .flatMap(measure::of)
        .map(statistic -> Cell.of(measure, statistic))
        .orElseGet(Cell::missing);
  }

  private static Cell cell(TaskChallenges task, MethodView method, Variant variant) {
    if (method.isOriginal()) {
      return Cell.text(UNDEFINED);
    }
    Optional<Retention> found = task.retention(method, variant);
    if (found.isEmpty()) {
      return Cell.missing();
    }
    BySeed retention = found.get().retention();
    if (retention == null) {
      return Cell.text(found.get().undefined().isEmpty() ? Numbers.MISSING : UNDEFINED);
    }
    int defined = retention.values().size();
    int all = defined + found.get().undefined().size();
    Cell cell = decimal(retention.statistic());
    String interval = cell.range();
    return defined == all
        ? cell
        : cell.ranged(
            (interval.isEmpty() ? "" : interval + " ") + "(" + defined + " of " + all + " seeds)");
  }

  private static Cell decimal(Statistic statistic) {
    return Cell.text(Numbers.decimal(statistic.mean(), DECIMALS))
        .ranged(Numbers.interval(statistic, DECIMALS))
        .sortedBy(statistic.mean());
  }
}
