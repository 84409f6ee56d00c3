package io.nepenthe.report.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.nepenthe.report.view.Table;
import io.nepenthe.report.view.Table.Column;
import io.nepenthe.report.view.Table.Row;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CsvTableTest {
  private static String csv(String head, String text, String number) {
    Table table =
        Table.of(
            "",
            Table.Order.FIXED,
            List.of(Column.text("name"), Column.text("note"), Column.number("value")),
            List.of(Row.ofTexts(List.of(head, text, number))));
    return CsvTable.of(table);
  }

  @Test
  void endsLinesAsRfc4180Wants() {
    assertEquals("name,note,value\r\na,b,1\r\n", csv("a", "b", "1"));
  }

  @Test
  void quotesCommasAndQuotes() {
    assertEquals("name,note,value\r\n\"a, b\",\"c \"\"d\"\"\",1\r\n", csv("a, b", "c \"d\"", "1"));
  }

  @Test
  void leavesMissingValuesEmpty() {
    assertEquals("name,note,value\r\na,,\r\n", csv("a", "", ""));
  }

  @Test
  void textsCannotActAsFormulasAndNumbersKeepTheirSign() {
    assertEquals("name,note,value\r\n'=1+1,'@x y,-0.5\r\n", csv("=1+1", "@x\ny", "-0.5"));
  }
}
