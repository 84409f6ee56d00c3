package io.nepenthe.report.lasting;

import io.nepenthe.report.view.Cell;
import io.nepenthe.report.view.Measure;
import io.nepenthe.report.view.MethodView;
import io.nepenthe.report.view.Table;
import io.nepenthe.report.view.Table.Column;
import io.nepenthe.report.view.Table.ColumnGroup;
import io.nepenthe.report.view.Table.Order;
import io.nepenthe.report.view.Table.Row;
import io.nepenthe.retention.Variant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is memorized, and what the utility is, under each challenge that can bring text back. */
public final class ChallengedTable {
  private ChallengedTable() {}

  /** Returns the table of a task; nothing if no challenge of it can bring anything back. */
  public static Optional<Table> of(TaskChallenges task) {
    if (task.kinds().isEmpty()) {
      return Optional.empty();
    }
    Measure utility = task.report().utility(task.task());
    List<Variant> variants = new ArrayList<>();
    for (String kind : task.kinds()) {
      variants.add(Variant.unchallenged(kind));
      variants.addAll(task.measured().variants(kind));
    }
    List<ColumnGroup> groups =
        variants.stream()
            .map(
                variant ->
                    new ColumnGroup(
                        ChallengeWords.kind(variant.challenge())
                            + ", "
                            + ChallengeWords.variant(variant),
                        task.task(),
                        List.of(
                            Column.number(Measure.MEMORIZED.title()),
                            Column.number(utility.title()))))
            .toList();
    List<Row> rows =
        task.models().stream()
            .map(
                method ->
                    Row.of(
                        method,
                        variants.stream()
                            .flatMap(
                                variant ->
                                    List.of(
                                        cell(task, method, variant, Measure.MEMORIZED),
                                        cell(task, method, variant, utility))
                                        .stream())
                            .toList()))
            .toList();
    return Optional.of(
        new Table(
                "Under each challenge on "
                    + task.report().title(task.task())
                    + ": mean (min–max) over seeds, on the rows that the challenge measures.",
                Order.BY_KIND,
                "Method",
                groups,
                rows)
            .withoutEmptyColumns());
  }

  private static Cell cell(
      TaskChallenges task, MethodView method, Variant variant, Measure measure) {
    return task.measured()
        .values(method.id(), variant, measure.id())
        .map(by -> Cell.of(measure, by.statistic()))
        .orElseGet(Cell::missing);
  }
}
