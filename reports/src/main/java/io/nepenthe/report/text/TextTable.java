package io.nepenthe.report.text;

import java.util.List;

/**
 * A table of plain texts, ready to be written in any language; its first column heads the rows.
 *
 * @param caption plain text
 * @param headings of the columns
 * @param rows each as long as the headings
 */
public record TextTable(String caption, List<String> headings, List<List<String>> rows) {
  public TextTable {
    headings = List.copyOf(headings);
    rows = rows.stream().map(List::copyOf).toList();
  }

  /** Returns it as Markdown. */
  public String markdown() {
    return Escape.markdown(caption) + "\n\n" + MarkdownSelection.table(headings, rows);
  }
}
