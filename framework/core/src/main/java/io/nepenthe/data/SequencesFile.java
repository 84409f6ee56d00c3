package io.nepenthe.data;

import io.nepenthe.files.WrongContent;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A file of rows, ids separated by commas or blanks; every mistake names file, line and rule. Blank
 * lines count as lines, and are no rows.
 */
final class SequencesFile {
  private static final String MARK = "\ufeff";

  private final Path file;
  private final List<String> lines;

  private SequencesFile(Path file, List<String> lines) {
    this.file = file;
    this.lines = lines;
  }

  static Sequences read(Path file) {
    return new SequencesFile(file, lines(file)).rows();
  }

  /** Returns the line of a row, both counted from 0, of a file that was read. */
  static int line(Path file, int row) {
    return new SequencesFile(file, lines(file)).numbers().get(row);
  }

  private static List<String> lines(Path file) {
    try {
      Optional<String> other = WrongContent.of(file);
      if (other.isPresent()) {
        throw bad(file + " " + other.get());
      }
      List<String> lines = new ArrayList<>(Files.readAllLines(file));
      if (!lines.isEmpty() && lines.get(0).startsWith(MARK)) {
        lines.set(0, lines.get(0).substring(MARK.length()));
      }
      if (!lines.isEmpty() && NumberedRows.isHeader(lines.get(0))) {
        takeNumbersOff(file, lines);
      }
      return lines;
    } catch (CharacterCodingException e) {
      throw bad(file + " is no text in UTF-8; save it as such");
    } catch (IOException e) {
      throw new NepentheException(
          ErrorCode.BAD_DATA,
          "cannot read " + file + " (" + e + "). Give a file of token ids, one row a line.",
          e);
    }
  }

  /** Leaves the header's line blank, and of the others the ids. */
  private static void takeNumbersOff(Path file, List<String> lines) {
    lines.set(0, "");
    NumberedRows numbered = new NumberedRows();
    for (int i = 1; i < lines.size(); i++) {
      if (!IdLine.isBlank(lines.get(i))) {
        try {
          lines.set(i, numbered.withoutNumber(lines.get(i)));
        } catch (IllegalArgumentException e) {
          throw bad("%s, line %d %s".formatted(file, i + 1, e.getMessage()));
        }
      }
    }
  }

  private List<Integer> numbers() {
    List<Integer> numbers = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      if (!IdLine.isBlank(lines.get(i))) {
        numbers.add(i);
      }
    }
    return numbers;
  }

  private Sequences rows() {
    List<Integer> numbers = numbers();
    List<int[]> rows = new ArrayList<>();
    for (int i : numbers) {
      int[] row = ids(i);
      if (!rows.isEmpty() && row.length != rows.get(0).length) {
        throw bad(
            i,
            "has "
                + row.length
                + " ids where line "
                + (numbers.get(0) + 1)
                + " has "
                + rows.get(0).length
                + "; a header and row numbers are no ids");
      }
      rows.add(row);
    }
    Sequences all = Sequences.of(rows.isEmpty() ? 0 : rows.get(0).length, rows);
    if (!rows.isEmpty() && IdLine.isTable(lines.get(numbers.get(0)))) {
      all.doubt()
          .ifPresent(
              doubt -> {
                throw bad(
                    file
                        + " "
                        + doubt
                        + "; write rows only, with pandas by to_csv(header=False, index=False), or,"
                        + " if they are ids, join them by blanks");
              });
    }
    return all;
  }

  private int[] ids(int line) {
    try {
      return IdLine.parse(lines.get(line));
    } catch (IllegalArgumentException e) {
      throw bad(line, e.getMessage());
    }
  }

  private NepentheException bad(int line, String what) {
    return bad(
        file
            + ", line "
            + (line + 1)
            + " "
            + what
            + ". Give one row a line, ids joined by blanks, all rows of one length");
  }

  private static NepentheException bad(String what) {
    return new NepentheException(ErrorCode.BAD_DATA, what + ".");
  }
}
