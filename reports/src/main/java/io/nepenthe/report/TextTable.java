package io.nepenthe.report;

import java.util.List;

/**
 * A table of plain texts, ready to be written in any language; its first column heads the rows.
 *
 * @param caption plain text
 * @param headings of the columns
 * @param rows each as long as the headings
 */
record TextTable(String caption, List<String> headings, List<List<String>> rows) {
  TextTable {
    headings = List.copyOf(headings);
    rows = rows.stream().map(List::copyOf).toList();
  }

  String html() {
    return Html.table(
        caption,
        headings,
        rows.stream().map(row -> row.stream().map(Html::text).toList()).toList());
  }

  String markdown() {
    return Escape.markdown(caption) + "\n\n" + MarkdownSelection.table(headings, rows);
  }
}
