package io.nepenthe.report.view;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.nepenthe.report.view.Table.Column;
import io.nepenthe.report.view.Table.ColumnGroup;
import io.nepenthe.report.view.Table.Row;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TableTest {
  @Test
  void leavesOutColumnsAndGroupsInWhichNoRowHasAnything() {
    Table table =
        new Table(
            "caption",
            Table.Order.SORTABLE,
            "Method",
            List.of(
                new ColumnGroup("one", "", List.of(Column.number("a"), Column.number("b"))),
                new ColumnGroup("two", "", List.of(Column.number("c")))),
            List.of(
                Row.ofTexts(List.of("x", "1", "—", "")), Row.ofTexts(List.of("y", "—", "", ""))));
    Table some = table.withoutEmptyColumns();
    assertEquals(List.of(Column.number("a")), some.columns());
    assertEquals(1, some.groups().size());
    assertEquals(List.of(Cell.text("—")), some.rows().get(1).cells());
  }
}
