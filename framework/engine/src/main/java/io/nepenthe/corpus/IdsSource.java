package io.nepenthe.corpus;

import io.nepenthe.data.IdLine;
import io.nepenthe.data.NumberedRows;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Lines of token ids, of any lengths. A header that counts the columns, and a column that counts
 * the rows, are refused where commas or tabs separate, as in files of rows.
 */
final class IdsSource extends FileSource {
  /** Fewer in order may well be so by chance. */
  private static final int LEAST_COUNTED = 3;

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
      boolean countsRows = true;
      NumberedRows numbered = null;
      for (String line = lines.next(); line != null; line = lines.next()) {
        String ids = withoutMark(line, number++);
        if (number == 1 && NumberedRows.isHeader(ids)) {
          numbered = new NumberedRows();
        } else if (!IdLine.isBlank(ids)) {
          ids = numbered == null ? ids : withoutNumber(numbered, ids, number);
          int[] row = ids(ids, number);
          boolean isTable = ids.indexOf(',') >= 0 || ids.strip().indexOf('\t') >= 0;
          if (document == 0 && isTable && counts(row)) {
            throw bad(number, "counts 0 to " + (row.length - 1) + ", as a header does. " + PLAIN);
          }
          countsRows &= isTable && row.length > 1 && (row[0] == document || row[0] == document + 1);
          sink.accept(whole(document++, row), lines.position());
        }
      }
      if (countsRows && document >= LEAST_COUNTED) {
        throw BadData.of(
            file
                + " has rows whose first ids count the rows, as a column of indices does. "
                + PLAIN
                + ".");
      }
    }
  }

  private static boolean counts(int[] row) {
    for (int i = 0; i < row.length; i++) {
      if (row[i] != i) {
        return false;
      }
    }
    return row.length >= LEAST_COUNTED;
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
