package io.nepenthe.report.text;

import io.nepenthe.report.lasting.TaskChallenges;
import io.nepenthe.report.view.MethodView;
import io.nepenthe.report.view.Numbers;
import io.nepenthe.report.view.Table;
import io.nepenthe.report.view.Table.Column;
import io.nepenthe.report.view.Table.Row;
import io.nepenthe.retention.Retention;
import io.nepenthe.retention.Variant;
import io.nepenthe.selection.BySeed;
import io.nepenthe.statistics.Interval;
import io.nepenthe.statistics.Statistic;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Every number of the challenges, one line each, for other programs. */
final class ChallengesCsv {
  private static final List<Column> COLUMNS =
      Stream.concat(
              Stream.of("task", "method", "name", "challenge", "variant").map(Column::text),
              Stream.concat(
                  Stream.of(Column.number("step"), Column.text("measure")),
                  Stream.of(
                          "mean",
                          "min",
                          "max",
                          "standardDeviation",
                          "intervalLow",
                          "intervalHigh",
                          "seeds")
                      .map(Column::number)))
          .toList();

  private final List<Row> rows = new ArrayList<>();

  private ChallengesCsv() {}

  static String of(List<TaskChallenges> tasks) {
    ChallengesCsv csv = new ChallengesCsv();
    for (TaskChallenges task : tasks) {
      for (MethodView method : task.models()) {
        csv.measures(task, method);
        csv.retentions(task, method);
        csv.ranks(task, method);
      }
    }
    return CsvTable.of(Table.of("", Table.Order.FIXED, COLUMNS, csv.rows));
  }

  private void measures(TaskChallenges task, MethodView method) {
    for (String challenge : task.measured().challenges()) {
      List<Variant> variants = new ArrayList<>(List.of(Variant.unchallenged(challenge)));
      variants.addAll(task.measured().variants(challenge));
      for (Variant variant : variants) {
        for (String measure : task.measured().measures(challenge)) {
          SortedMap<Integer, BySeed> curve = task.measured().curve(method.id(), variant, measure);
          boolean hasSteps = curve.size() > 1;
          curve.forEach(
              (step, values) ->
                  add(task, method, variant, hasSteps ? step.toString() : "", measure, values));
        }
      }
    }
  }

  private void retentions(TaskChallenges task, MethodView method) {
    for (Retention each : task.retentions()) {
      if (each.method().equals(method.id()) && each.retention() != null) {
        Variant variant = new Variant(each.challenge(), each.variant());
        add(task, method, variant, "", "retention", each.retention());
      }
    }
  }

  /** Ranks are of all challenges together. */
  private void ranks(TaskChallenges task, MethodView method) {
    task.ranks().stream()
        .filter(change -> change.method().equals(method.id()))
        .forEach(
            change -> {
              rank(task, method, "rankJudged", change.judged().rank());
              rank(task, method, "rankChallenged", change.challenged().rank());
            });
  }

  private void rank(TaskChallenges task, MethodView method, String measure, int rank) {
    rows.add(
        Row.ofTexts(
            List.of(
                task.task(),
                method.id(),
                method.label(),
                "",
                "",
                "",
                measure,
                Integer.toString(rank),
                "",
                "",
                "",
                "",
                "",
                "")));
  }

  private void add(
      TaskChallenges task,
      MethodView method,
      Variant variant,
      String step,
      String measure,
      BySeed values) {
    Statistic statistic = values.statistic();
    Interval interval = statistic.interval();
    rows.add(
        Row.ofTexts(
            List.of(
                task.task(),
                method.id(),
                method.label(),
                variant.challenge(),
                variant.name(),
                step,
                measure,
                Numbers.exact(statistic.mean()),
                Numbers.exact(statistic.min()),
                Numbers.exact(statistic.max()),
                exact(statistic.standardDeviation()),
                exact(interval == null ? null : interval.low()),
                exact(interval == null ? null : interval.high()),
                values.values().keySet().stream()
                    .map(Object::toString)
                    .collect(Collectors.joining(" ")))));
  }

  private static String exact(@Nullable Double value) {
    return value == null ? "" : Numbers.exact(value);
  }
}
