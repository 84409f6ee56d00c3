package io.nepenthe.report.lasting;

import io.nepenthe.metric.Metrics;
import io.nepenthe.report.view.Cell;
import io.nepenthe.report.view.MethodView;
import io.nepenthe.report.view.Numbers;
import io.nepenthe.report.view.Table;
import io.nepenthe.report.view.Table.Column;
import io.nepenthe.report.view.Table.ColumnGroup;
import io.nepenthe.report.view.Table.Order;
import io.nepenthe.report.view.Table.Row;
import io.nepenthe.retention.Retention;
import io.nepenthe.retention.Variant;
import io.nepenthe.selection.BySeed;
import io.nepenthe.statistics.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What an onlooker can still tell of the models: membership, exposure, reach, and the distance to
 * the model that never saw an artifact.
 */
public final class AttacksTable {
  /** Area under the curve of a membership test. */
  public static final String AUC = "auc";

  /** AUC of a model that knows no more of the artifacts than of rows that it never saw. */
  public static final double FORGOTTEN = 0.5;

  private static final List<String> ENDS = List.of("aucLow", "aucHigh");
  private static final int DECIMALS = 3;

  private AttacksTable() {}

  /** A column: one measure under one variant. */
  private record Measured(Variant variant, String measure) {}

  /** Returns the table of a task; nothing if it has no such challenge. */
  public static Optional<Table> of(TaskChallenges task) {
    List<ColumnGroup> groups = new ArrayList<>();
    List<Measured> columns = new ArrayList<>();
    for (String kind : task.measured().challenges()) {
      if (!Retention.KINDS.contains(kind)) {
        List<Measured> ofKind = columns(task, kind);
        columns.addAll(ofKind);
        groups.add(
            new ColumnGroup(
                ChallengeWords.kind(kind),
                task.task(),
                ofKind.stream().map(each -> Column.number(heading(each))).toList()));
      }
    }
    if (columns.isEmpty()) {
      return Optional.empty();
    }
    List<Row> rows =
        task.models().stream()
            .map(
                method ->
                    Row.of(method, columns.stream().map(each -> cell(task, method, each)).toList()))
            .toList();
    return Optional.of(
        new Table(
                "What can still be told of the models on "
                    + task.report().title(task.task())
                    + ": mean over seeds with its 95 % interval. An AUC of 0.5 is that of a model"
                    + " that knows no more of the artifacts than of rows it never saw.",
                Order.BY_KIND,
                "Method",
                groups,
                rows)
            .withoutEmptyColumns());
  }

  private static List<Measured> columns(TaskChallenges task, String kind) {
    List<Variant> variants = task.measured().variants(kind);
    List<String> measures =
        task.measured().measures(kind).stream().filter(AttacksTable::isShown).toList();
    return (variants.isEmpty() ? List.of(Variant.unchallenged(kind)) : variants)
        .stream()
            .flatMap(variant -> measures.stream().map(measure -> new Measured(variant, measure)))
            .toList();
  }

  /** Of the judge's metrics, the first says enough here. */
  private static boolean isShown(String measure) {
    return !ENDS.contains(measure)
        && (measure.equals(Metrics.MEMORIZED.id())
            || Metrics.all().stream().noneMatch(metric -> metric.id().equals(measure)));
  }

  private static String heading(Measured column) {
    String measure = ChallengeWords.measure(column.measure());
    boolean hasVariant =
        !column.variant().equals(Variant.unchallenged(column.variant().challenge()));
    return hasVariant ? ChallengeWords.variant(column.variant()) + ": " + measure : measure;
  }

  private static Cell cell(TaskChallenges task, MethodView method, Measured column) {
    Optional<BySeed> values =
        task.measured().values(method.id(), column.variant(), column.measure());
    if (values.isEmpty()) {
      return Cell.missing();
    }
    double mean = values.get().statistic().mean();
    Optional<Interval> interval = interval(task, method, column, values.get());
    boolean isOver =
        column.measure().equals(AUC)
            && interval.filter(each -> each.high() < FORGOTTEN).isPresent();
    return Cell.text(Numbers.decimal(mean, DECIMALS))
        .ranged(interval.map(i -> Numbers.interval(i.low(), i.high(), DECIMALS)).orElse(""))
        .marked(isOver ? List.of(Cell.OVER_UNLEARNED) : List.of())
        .sortedBy(mean);
  }

  /** Returns the interval over seeds; of one seed, that over its rows where there is one. */
  private static Optional<Interval> interval(
      TaskChallenges task, MethodView method, Measured column, BySeed values) {
    if (values.statistic().interval() != null || !column.measure().equals(AUC)) {
      return Optional.ofNullable(values.statistic().interval());
    }
    return task.measured()
        .values(method.id(), column.variant(), ENDS.get(0))
        .flatMap(
            low ->
                task.measured()
                    .values(method.id(), column.variant(), ENDS.get(1))
                    .map(high -> new Interval(low.statistic().mean(), high.statistic().mean())));
  }
}
