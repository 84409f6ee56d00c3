package io.nepenthe.report;

import java.util.List;

/**
 * A table of methods, ready to be written in any language.
 *
 * @param caption plain text
 * @param groups of columns, left to right
 * @param rows in order; each has as many cells as all groups have columns
 */
record Grid(String caption, List<Group> groups, List<Row> rows) {
  Grid {
    groups = List.copyOf(groups);
    rows = List.copyOf(rows);
  }

  /**
   * Columns under one heading.
   *
   * @param title the task
   * @param columns headings
   */
  record Group(String title, List<String> columns) {
    Group {
      columns = List.copyOf(columns);
    }
  }

  /** One method and its cells. */
  record Row(Method method, List<Cell> cells) {
    Row {
      cells = List.copyOf(cells);
    }
  }

  /** Returns the number of columns right of the method's name. */
  int width() {
    return groups.stream().mapToInt(group -> group.columns().size()).sum();
  }

  /** Returns true if the i-th row is the first of its kind of method. */
  boolean startsGroup(int i) {
    return i == 0 || !rows.get(i).method().group().equals(rows.get(i - 1).method().group());
  }
}
