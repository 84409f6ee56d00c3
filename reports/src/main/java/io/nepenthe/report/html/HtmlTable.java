package io.nepenthe.report.html;

import io.nepenthe.report.view.Cell;
import io.nepenthe.report.view.Marker;
import io.nepenthe.report.view.MethodLook;
import io.nepenthe.report.view.Table;
import io.nepenthe.report.view.Table.Column;
import io.nepenthe.report.view.Table.ColumnGroup;
import java.awt.Color;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the template of tables asks; an attribute that is null is left out. */
final class HtmlTable {
  private static final Pattern NOTE = Pattern.compile("[0-9]+");

  /** Columns of numbers with their ranges that fit beside each other on a page. */
  private static final int ABREAST = 6;

  private HtmlTable() {}

  /** Returns a table as several, none of which need be moved sideways on a desk's screen. */
  static List<Table> fitting(Table table) {
    return table.parts(ABREAST, Collections.nCopies(table.width(), 1));
  }

  static @Nullable String attribute(String text) {
    return text.isEmpty() ? null : text;
  }

  /** Returns which columns are the first of a group that has a heading. */
  static boolean[] firsts(Table table) {
    boolean[] first = new boolean[table.width()];
    int column = 0;
    for (ColumnGroup group : table.groups()) {
      first[column] = table.hasGroups();
      column += group.columns().size();
    }
    return first;
  }

  static @Nullable String style(Column column, boolean isFirst) {
    return column.isNumber() ? isFirst ? "n first" : "n" : isFirst ? "first" : null;
  }

  /** Returns what a cell sorts by, where that is not what it shows. */
  static @Nullable String value(Cell cell) {
    Double value = cell.value();
    return value == null || value.toString().equals(cell.text()) ? null : value.toString();
  }

  /** Returns true if a mark stands for a note at the foot of the table. */
  static boolean isNote(String mark) {
    return NOTE.matcher(mark).matches();
  }

  /**
   * Returns the class of what stands below a number: a range is one line, a setting may be more.
   */
  static String classOf(Cell cell) {
    return cell.range().contains(" = ") ? "range of-setting" : "range";
  }

  /** Returns hyper-parameters of which none breaks at the end of a line. */
  static String unbroken(String settings) {
    return settings.replace(" = ", "\u00a0=\u00a0");
  }

  /** Returns a method's marker as HTML; it holds no text. */
  static String mark(MethodLook look) {
    String color = look.color().equals(Color.BLACK) ? "currentColor" : look.hex();
    return ("<svg class=\"mark\" viewBox=\"-8 -8 16 16\" aria-hidden=\"true\">"
            + "<path d=\"%s\" fill=\"%s\"/></svg>")
        .formatted(Marker.svgPath(look.marker()), color);
  }
}
