package io.nepenthe.report.view;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A table, ready to be written in any language: as a page, Markdown, LaTeX or CSV.
 *
 * @param caption plain text
 * @param order of the rows
 * @param head heading of the column that heads the rows
 * @param groups of the columns right of it, left to right
 * @param rows in order, each with as many cells as all groups have columns
 */
public record Table(
    String caption, Order order, String head, List<ColumnGroup> groups, List<Row> rows) {
  /** What a reader may do with the rows. */
  public enum Order {
    /** Rows stand under the kind of their method until the reader sorts them. */
    BY_KIND,
    SORTABLE,
    FIXED
  }

  /** Copies the lists. */
  public Table {
    groups = List.copyOf(groups);
    rows = List.copyOf(rows);
  }

  /**
   * Columns under one heading.
   *
   * @param title the heading; empty if they have none
   * @param task that they are of; empty if of none
   */
  public record ColumnGroup(String title, String task, List<Column> columns) {
    /** Copies the list. */
    public ColumnGroup {
      columns = List.copyOf(columns);
    }
  }

  /**
   * A column.
   *
   * @param heading with the unit
   * @param isNumber true if its cells stand below each other by their digits
   */
  public record Column(String heading, boolean isNumber) {
    public static Column text(String heading) {
      return new Column(heading, false);
    }

    public static Column number(String heading) {
      return new Column(heading, true);
    }
  }

  /** A row: what it is about, and its cells. */
  public record Row(RowHead head, List<Cell> cells) {
    /** Copies the list. */
    public Row {
      cells = List.copyOf(cells);
    }

    public static Row of(MethodView method, List<Cell> cells) {
      return new Row(RowHead.of(method), cells);
    }

    public static Row of(Cell head, List<Cell> cells) {
      return new Row(RowHead.of(head), cells);
    }

    /** Returns a row of plain texts, the first of which heads it. */
    public static Row ofTexts(List<String> texts) {
      return of(
          Cell.text(texts.get(0)),
          texts.subList(1, texts.size()).stream().map(Cell::text).toList());
    }
  }

  /** Returns a table without groups; the first column heads the rows. */
  public static Table of(String caption, Order order, List<Column> columns, List<Row> rows) {
    List<Column> right = columns.subList(1, columns.size());
    return new Table(
        caption, order, columns.get(0).heading(), List.of(new ColumnGroup("", "", right)), rows);
  }

  /** Returns the columns of all groups. */
  public List<Column> columns() {
    return groups.stream().flatMap(group -> group.columns().stream()).toList();
  }

  /** Returns the number of columns right of that which heads the rows. */
  public int width() {
    return groups.stream().mapToInt(group -> group.columns().size()).sum();
  }

  /** Returns true if some columns have a heading in common. */
  public boolean hasGroups() {
    return groups.stream().anyMatch(group -> !group.title().isEmpty());
  }

  /** Returns true if the i-th row is the first of its kind of method, in a table ordered so. */
  public boolean startsKind(int i) {
    return order == Order.BY_KIND
        && (i == 0 || !rows.get(i).head().kind().equals(rows.get(i - 1).head().kind()));
  }

  /**
   * Returns the table as several that have all rows, each no wider than that. Groups stay whole
   * unless one alone is wider.
   *
   * @param most width of a table without the column that heads its rows
   * @param widths of the columns
   */
  public List<Table> parts(int most, List<Integer> widths) {
    List<List<ColumnGroup>> parts = new ArrayList<>();
    int room = 0;
    int column = 0;
    for (ColumnGroup piece : pieces(most, widths)) {
      int width = sum(widths.subList(column, column + piece.columns().size()));
      if (parts.isEmpty() || width > room) {
        parts.add(new ArrayList<>());
        room = most;
      }
      room -= width;
      column += piece.columns().size();
      parts.get(parts.size() - 1).add(piece);
    }
    List<Table> tables = new ArrayList<>();
    int first = 0;
    for (List<ColumnGroup> part : parts) {
      int from = first;
      int to = from + part.stream().mapToInt(group -> group.columns().size()).sum();
      List<Row> some =
          rows.stream().map(row -> new Row(row.head(), row.cells().subList(from, to))).toList();
      tables.add(new Table(caption, order, head, part, some));
      first = to;
    }
    return tables;
  }

  /** Returns the groups, those that are wider than that in pieces of equally many columns. */
  private List<ColumnGroup> pieces(int most, List<Integer> widths) {
    List<ColumnGroup> pieces = new ArrayList<>();
    int first = 0;
    for (ColumnGroup group : groups) {
      int columns = group.columns().size();
      int count = (sum(widths.subList(first, first + columns)) + most - 1) / most;
      for (int i = 0; i < count; i++) {
        List<Column> some = group.columns().subList(i * columns / count, (i + 1) * columns / count);
        pieces.add(new ColumnGroup(group.title(), group.task(), some));
      }
      first += columns;
    }
    return pieces;
  }

  private static int sum(List<Integer> widths) {
    return widths.stream().mapToInt(Integer::intValue).sum();
  }

  /** Returns the table less the columns in which no row has anything. */
  public Table withoutEmptyColumns() {
    boolean[] filled = new boolean[width()];
    rows.forEach(
        row ->
            IntStream.range(0, filled.length)
                .filter(i -> !row.cells().get(i).isEmpty())
                .forEach(i -> filled[i] = true));
    List<ColumnGroup> some = new ArrayList<>();
    int first = 0;
    for (ColumnGroup group : groups) {
      List<Column> columns = kept(group.columns(), filled, first);
      if (!columns.isEmpty()) {
        some.add(new ColumnGroup(group.title(), group.task(), columns));
      }
      first += group.columns().size();
    }
    return new Table(
        caption,
        order,
        head,
        some,
        rows.stream().map(row -> new Row(row.head(), kept(row.cells(), filled, 0))).toList());
  }

  private static <T> List<T> kept(List<T> all, boolean[] filled, int first) {
    return IntStream.range(0, all.size())
        .filter(i -> filled[first + i])
        .mapToObj(all::get)
        .toList();
  }
}
