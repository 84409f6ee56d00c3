package io.nepenthe.report.lasting;

import io.nepenthe.report.view.Cell;
import io.nepenthe.report.view.Measure;
import io.nepenthe.report.view.MethodView;
import io.nepenthe.report.view.Numbers;
import io.nepenthe.report.view.RankingTable;
import io.nepenthe.report.view.Table;
import io.nepenthe.report.view.Table.Column;
import io.nepenthe.report.view.Table.Order;
import io.nepenthe.report.view.Table.Row;
import io.nepenthe.retention.RankChange;
import io.nepenthe.retention.Regained;
import io.nepenthe.wording.Words;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Who was fooled by % memorized: methods whose rank changes under challenges. */
public final class FooledTable {
  private FooledTable() {}

  /** Returns the table of a task; nothing if no method could be ranked twice. */
  public static Optional<Table> of(TaskChallenges task) {
    List<RankChange> all = task.ranks();
    if (all.isEmpty()) {
      return Optional.empty();
    }
    List<Row> rows = new ArrayList<>();
    for (RankChange change : all) {
      if (change.lost() != 0) {
        task.report()
            .method(change.method())
            .ifPresent(method -> rows.add(Row.of(method, cells(task, method, change))));
      }
    }
    int seeds = all.get(0).judged().memorized().values().size();
    return Optional.of(
        Table.of(
            "Who was fooled on "
                + task.report().title(task.task())
                + ": methods whose rank by % memorized changes under challenges, "
                + rows.size()
                + " of "
                + all.size()
                + ". Ranks are of means over "
                + Words.count(seeds, "seed")
                + "; methods of one tie group were not told from its first. Under challenges, each"
                + " seed counts with the most that is memorized as judged or under any challenge."
                + " The p says whether any one challenge brings memorized rows back (paired t-tests,"
                + " Holm over all methods and variants).",
            Order.SORTABLE,
            List.of(
                Column.text("Method"),
                Column.number(Measure.MEMORIZED.title() + ", judged"),
                Column.number("Rank, judged"),
                Column.text("Tie group, judged"),
                Column.number(Measure.MEMORIZED.title() + ", challenged"),
                Column.number("Rank, challenged"),
                Column.text("Tie group, challenged"),
                Column.number("Ranks lost"),
                Column.number("p that rows come back")),
            rows));
  }

  private static List<Cell> cells(TaskChallenges task, MethodView method, RankChange change) {
    List<Cell> cells = new ArrayList<>(cells(change.judged()));
    cells.addAll(cells(change.challenged()));
    cells.add(Cell.text(Numbers.signed(change.lost(), 0)).sortedBy(change.lost()));
    Optional<Regained> surest = surest(task, method.id());
    cells.add(
        surest
            .map(
                test ->
                    Cell.text(RankingTable.p(test.adjustedP()))
                        .ranged("(" + words(test) + ")")
                        .sortedBy(test.adjustedP()))
            .orElseGet(Cell::missing));
    if (task.isDestroyed(method)) {
      cells.set(0, cells.get(0).marked(List.of(Cell.DESTROYED)));
    }
    return cells;
  }

  private static String words(Regained test) {
    return ChallengeWords.kind(test.variant().challenge()).toLowerCase(Locale.ROOT)
        + ", "
        + ChallengeWords.variant(test.variant());
  }

  /** Returns the test that tells most surely that a method's rows come back. */
  public static Optional<Regained> surest(TaskChallenges task, String method) {
    return task.regained().stream()
        .filter(test -> test.method().equals(method))
        .filter(test -> test.test().meanDifference() > 0)
        .min(Comparator.comparingDouble(Regained::adjustedP));
  }

  private static List<Cell> cells(RankChange.Rank rank) {
    return List.of(
        Cell.of(Measure.MEMORIZED, rank.memorized().statistic()),
        Cell.number(rank.rank()),
        Cell.text(RankingTable.letter(rank.group())).sortedBy(rank.group()));
  }
}
