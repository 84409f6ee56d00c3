package io.nepenthe.report.paper;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * A table of the paper, as printed there: "Mitigating Memorization in Language Models" (Sakarvadia
 * et al., 2024), Tables 1 to 5. A line is a map of its cells by column; an empty cell is left out.
 *
 * <p>To Tables 1 to 3 two columns are added: "suspicious" names the cells that cannot be right or
 * look like slips, "note" says why.
 */
public final class PaperTable {
  /** How a page names the source. */
  public static final String SOURCE =
      "Sakarvadia et al., Mitigating Memorization in Language Models, 2024";

  /** The first line names the columns. */
  private static final CSVFormat FORMAT =
      CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).build();

  /** What the paper calls the model before any method. */
  static final String ORIGINAL = "Baseline model";

  private final List<Map<String, String>> lines;

  private PaperTable(List<Map<String, String>> lines) {
    this.lines = List.copyOf(lines);
  }

  /** Returns the paper's table of that number, 1 to 5. */
  static PaperTable read(int number) {
    return read("table" + number + ".csv");
  }

  /** Returns the numbers that a figure of the paper shows. */
  static PaperTable ofFigure(int number) {
    return read("figure" + number + ".csv");
  }

  private static PaperTable read(String resource) {
    InputStream in =
        Objects.requireNonNull(
            PaperTable.class.getResourceAsStream(resource),
            () -> resource + " is not beside PaperTable");
    try (CSVParser csv = CSVParser.parse(in, StandardCharsets.UTF_8, FORMAT)) {
      return new PaperTable(csv.stream().map(PaperTable::filled).toList());
    } catch (IOException e) {
      throw new UncheckedIOException(resource + " cannot be read", e);
    }
  }

  private static Map<String, String> filled(CSVRecord line) {
    Map<String, String> cells = new LinkedHashMap<>(line.toMap());
    cells.values().removeIf(String::isEmpty);
    return cells;
  }

  /** Returns the lines, in the paper's order. */
  List<Map<String, String>> lines() {
    return lines;
  }

  /** Returns the line of a method, by what the paper calls it. */
  Optional<Map<String, String>> line(String method) {
    return lines.stream().filter(line -> method.equals(line.get("name"))).findFirst();
  }
}
