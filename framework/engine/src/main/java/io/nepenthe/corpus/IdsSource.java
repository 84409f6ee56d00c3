package io.nepenthe.corpus;

import io.nepenthe.data.CountedTable;
import io.nepenthe.data.IdLine;
import io.nepenthe.data.NumberedRows;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Lines of token ids, of any lengths. A header that counts the columns, and a column that counts
 * the rows, are refused where commas or tabs separate, as in files of rows.
 */
final class IdsSource extends FileSource {
  private static final String PLAIN =
      "Write rows only, with pandas by to_csv(header=False, index=False); if they are ids, join them"
          + " by blanks";

  IdsSource(Path file, String name) {
    super(file, name);
  }

  @Override
  public void forEach(Documents.Sink sink) throws IOException {
    requireText();
    try (Utf8Lines lines = new Utf8Lines(file)) {
      long document = 0;
      long number = 0;
      boolean isTable = false;
      CountedTable table = new CountedTable();
      NumberedRows numbered = null;
      for (String line = lines.next(); line != null; line = lines.next()) {
        String ids = withoutMark(line, number++);
        if (number == 1 && NumberedRows.isHeader(ids)) {
          numbered = new NumberedRows();
        } else if (!IdLine.isBlank(ids)) {
          ids = numbered == null ? ids : withoutNumber(numbered, ids, number);
          isTable = document == 0 ? IdLine.isTable(ids) : isTable;
          int[] row = ids(ids, number);
          table.add(row);
          if (document == 0 && isTable) {
            requireNoDoubt(table);
          }
          sink.accept(whole(document++, row), lines.position());
        }
      }
      if (isTable) {
        requireNoDoubt(table);
      }
    }
  }

  private void requireNoDoubt(CountedTable table) {
    table
        .doubt()
        .ifPresent(
            doubt -> {
              throw BadData.of(file + " " + doubt + ". " + PLAIN + ".");
            });
  }

  private String withoutNumber(NumberedRows numbered, String line, long number) {
    try {
      return numbered.withoutNumber(line);
    } catch (IllegalArgumentException e) {
      throw bad(number, e.getMessage());
    }
  }

  private int[] ids(String line, long number) {
    try {
      return IdLine.parse(line);
    } catch (IllegalArgumentException e) {
      throw bad(number, e.getMessage() + ". Give one row a line, ids joined by blanks or commas");
    }
  }
}
