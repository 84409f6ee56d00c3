package io.nepenthe.report.paper;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

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

  private final List<Map<String, String>> lines;

  private PaperTable(List<Map<String, String>> lines) {
    this.lines = List.copyOf(lines);
  }

  /** Returns the paper's table of that number, 1 to 5. */
  static PaperTable read(int number) {
    List<List<String>> cells = new ArrayList<>();
    text("table" + number + ".csv")
        .lines()
        .forEach(line -> cells.add(List.of(line.split(",", -1))));
    List<Map<String, String>> lines = new ArrayList<>();
    for (List<String> line : cells.subList(1, cells.size())) {
      Map<String, String> named = new LinkedHashMap<>();
      for (int i = 0; i < line.size(); i++) {
        if (!line.get(i).isEmpty()) {
          named.put(cells.get(0).get(i), line.get(i));
        }
      }
      lines.add(named);
    }
    return new PaperTable(lines);
  }

  private static String text(String resource) {
    try (InputStream in = PaperTable.class.getResourceAsStream(resource)) {
      Objects.requireNonNull(in, resource + " is not beside PaperTable");
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(resource + " cannot be read", e);
    }
  }

  /** Returns the lines, in the paper's order. */
  List<Map<String, String>> lines() {
    return lines;
  }

  /** Returns the line of a method, by the id of its plugin. */
  Optional<Map<String, String>> line(String method) {
    return lines.stream().filter(line -> method.equals(line.get("method"))).findFirst();
  }
}
