package io.nepenthe.report.view;

import io.nepenthe.report.view.Table.Column;
import io.nepenthe.report.view.Table.Order;
import io.nepenthe.report.view.Table.Row;
import io.nepenthe.statistics.CriticalDifference.MeanRank;
import io.nepenthe.statistics.Ranking;
import io.nepenthe.statistics.ThreeSeeds.PairOrder;
import io.nepenthe.statistics.ThreeSeeds.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What three of a task's seeds would have said, beside what all of them say. */
public final class ThreeSeedsTable {
  /** More coin flips than these are in the JSON file alone. */
  private static final int SHOWN = 12;

  private static final int DECIMALS = 3;

  private ThreeSeedsTable() {}

  /** Returns where each method stands by all seeds, and by three of them. */
  public static Table ofMethods(ReportModel report, ManySeeds seeds) {
    Map<String, Double> ranks =
        seeds.diagram().methods().stream().collect(Collectors.toMap(MeanRank::id, MeanRank::rank));
    List<Row> rows = new ArrayList<>();
    int place = 0;
    for (Position position : seeds.threeSeeds().methods()) {
      place++;
      List<Cell> cells =
          List.of(
              Cell.text(Numbers.decimal(position.mean(), DECIMALS)).sortedBy(position.mean()),
              Cell.text(Numbers.decimal(ranks.get(position.id()), 2)),
              Cell.number(place),
              Cell.text(places(position)).sortedBy(position.low()),
              Cell.text(ManySeedsWords.percent(position.first())).sortedBy(position.first()));
      report.method(position.id()).ifPresent(method -> rows.add(Row.of(method, cells)));
    }
    return Table.of(
        "What three of %d seeds would have said on %s"
            .formatted(seeds.threeSeeds().seeds(), seeds.task()),
        Order.SORTABLE,
        List.of(
            Column.text("Method"),
            Column.number("Mean score"),
            Column.number("Mean rank"),
            Column.number("Order by all seeds"),
            Column.text("Order by three, 90 % of triples"),
            Column.number("First by three")),
        rows);
  }

  private static String places(Position position) {
    return position.low() == position.high()
        ? Integer.toString(position.low())
        : position.low() + "–" + position.high();
  }

  /** Returns the pairs whose order by three seeds is a coin flip, the least certain first. */
  public static Table ofCoinFlips(ReportModel report, ManySeeds seeds) {
    List<Row> rows =
        seeds.threeSeeds().coinFlips().stream()
            .limit(SHOWN)
            .map(pair -> Row.of(Cell.text(label(report, pair.better())), cells(report, pair)))
            .toList();
    int more = seeds.threeSeeds().coinFlips().size() - rows.size();
    return Table.of(
        "Coin flips of three seeds on "
            + seeds.task()
            + (more == 0 ? "" : " (%d more in %s)".formatted(more, ManySeedsDocument.FILE)),
        Order.FIXED,
        List.of(
            Column.text("Better by all seeds"),
            Column.text("Than"),
            Column.number("Difference of mean scores"),
            Column.number("Triples that agree"),
            Column.text("Told apart by all seeds")),
        rows);
  }

  private static List<Cell> cells(ReportModel report, PairOrder pair) {
    return List.of(
        Cell.text(label(report, pair.worse())),
        Cell.text(Numbers.decimal(pair.difference(), DECIMALS)),
        Cell.text(ManySeedsWords.percent(pair.agrees())),
        Cell.text(pair.toldApart() ? "yes (p below " + Ranking.LEVEL + ")" : "no"));
  }

  private static String label(ReportModel report, String method) {
    return report.method(method).map(MethodView::label).orElse(method);
  }
}
