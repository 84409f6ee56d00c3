package io.nepenthe.report.text;

import io.nepenthe.report.view.Table;
import io.nepenthe.report.view.Table.Column;
import io.nepenthe.report.view.Table.Row;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** A table as CSV for other programs, as RFC 4180 wants it. Texts cannot act as formulas. */
final class CsvTable {
  private CsvTable() {}

  static String of(Table table) {
    StringBuilder text = new StringBuilder();
    try (CSVPrinter csv = new CSVPrinter(text, CSVFormat.RFC4180)) {
      List<String> headings = new ArrayList<>(List.of(table.head()));
      table.columns().forEach(column -> headings.add(column.heading()));
      csv.printRecord(headings);
      for (Row row : table.rows()) {
        csv.printRecord(fields(table.columns(), row));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("memory cannot be written", e);
    }
    return text.toString();
  }

  private static List<String> fields(List<Column> columns, Row row) {
    List<String> fields = new ArrayList<>(List.of(Escape.formula(row.head().cell().text())));
    for (int i = 0; i < columns.size(); i++) {
      String text = row.cells().get(i).text();
      fields.add(columns.get(i).isNumber() ? text : Escape.formula(text));
    }
    return fields;
  }
}
