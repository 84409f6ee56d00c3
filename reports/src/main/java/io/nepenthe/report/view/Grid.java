package io.nepenthe.report.view;

import java.util.List;

/**
 * A table of methods, ready to be written in any language.
 *
 * @param caption plain text
 * @param groups of columns, left to right
 * @param rows in order; each has as many cells as all groups have columns
 */
public record Grid(String caption, List<Group> groups, List<Row> rows) {
  public Grid {
    groups = List.copyOf(groups);
    rows = List.copyOf(rows);
  }

  /**
   * Columns under one heading.
   *
   * @param title the task
   * @param columns headings
   */
  public record Group(String title, List<String> columns) {
    public Group {
      columns = List.copyOf(columns);
    }
  }

  /** One method and its cells. */
  public record Row(MethodView method, List<Cell> cells) {
    public Row {
      cells = List.copyOf(cells);
    }
  }

  /** Returns the number of columns right of the method's name. */
  public int width() {
    return groups.stream().mapToInt(group -> group.columns().size()).sum();
  }

  /** Returns true if the i-th row is the first of its kind of method. */
  public boolean startsGroup(int i) {
    return i == 0 || !rows.get(i).method().group().equals(rows.get(i - 1).method().group());
  }
}
