package io.nepenthe.report.view;

import io.nepenthe.report.view.Table.Column;
import io.nepenthe.report.view.Table.ColumnGroup;
import io.nepenthe.report.view.Table.Order;
import io.nepenthe.report.view.Table.Row;
import io.nepenthe.statistics.SeedsNeeded;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** How many seeds a difference between two methods needs, from the spread of a task's seeds. */
public final class SeedsNeededTable {
  /** Differences that are asked for, in points. */
  static final List<Integer> POINTS = List.of(1, 2, 5, 10, 20);

  private SeedsNeededTable() {}

  public static Table of(ManySeeds seeds) {
    List<Row> rows = new ArrayList<>();
    rows.add(
        Row.of(
            Cell.text("Deviation here"),
            seeds.spreads().stream()
                .flatMap(spread -> List.of(deviation(spread), Cell.text("")).stream())
                .toList()));
    for (int points : POINTS) {
      List<Cell> cells = new ArrayList<>();
      for (PairSpread spread : seeds.spreads()) {
        cells.add(needed(spread, points, SeedsNeeded.LEVEL));
        cells.add(needed(spread, points, spread.correctedLevel()));
      }
      rows.add(Row.of(Cell.text(points == 1 ? "1 point" : points + " points"), cells));
    }
    return new Table(
        "Seeds that a difference needs on " + seeds.task(),
        Order.FIXED,
        "Difference",
        seeds.spreads().stream().map(SeedsNeededTable::columns).toList(),
        rows);
  }

  private static ColumnGroup columns(PairSpread spread) {
    return new ColumnGroup(
        spread.measure(),
        "",
        List.of(
            Column.number("One pair"), Column.number("One of %d pairs".formatted(spread.pairs()))));
  }

  private static Cell deviation(PairSpread spread) {
    Quartiles of = spread.deviations();
    return Cell.text(Numbers.decimal(of.median(), 1))
        .ranged("(" + Numbers.range(of.lower(), of.upper(), 1) + ")");
  }

  private static Cell needed(PairSpread spread, int points, double level) {
    List<OptionalInt> seeds = spread.seeds(points, level);
    return Cell.text(seeds(seeds.get(1)))
        .ranged("(" + seeds(seeds.get(0)) + "–" + seeds(seeds.get(2)) + ")");
  }

  private static String seeds(OptionalInt number) {
    return number.isPresent() ? Integer.toString(number.getAsInt()) : "> " + SeedsNeeded.MOST;
  }
}
