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
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A file of rows, ids separated by commas or blanks; every mistake names file, line and rule. Blank
 * lines count as lines, and are no rows.
 */
final class SequencesFile {
  private static final Pattern BETWEEN_IDS = Pattern.compile("\\s*,\\s*|\\s+");
  private static final Pattern NUMBER = Pattern.compile("-?[0-9]+");
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

  private List<Integer> numbers() {
    List<Integer> numbers = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      if (!lines.get(i).isBlank()) {
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
    if (!rows.isEmpty() && lines.get(numbers.get(0)).matches(".*[,\\t].*")) {
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
    String[] words = BETWEEN_IDS.split(lines.get(line).strip(), -1);
    int[] row = new int[words.length];
    for (int i = 0; i < words.length; i++) {
      row[i] = id(words[i], line);
    }
    return row;
  }

  private int id(String word, int line) {
    if (word.isEmpty()) {
      throw bad(line, "holds '', which is no token id; a header and row numbers are none");
    }
    if (word.indexOf('\0') >= 0) {
      throw bad(line, "holds NUL characters; save the file as text in UTF-8");
    }
    if (!NUMBER.matcher(word).matches()) {
      throw bad(line, "holds '" + visible(word) + "', which is no token id");
    }
    if (word.startsWith("-")) {
      throw bad(line, "holds the id " + word + ", must be at least 0");
    }
    try {
      return Integer.parseInt(word);
    } catch (NumberFormatException e) {
      throw bad(line, "holds '" + word + "', which is no token id, as it is too large");
    }
  }

  /** Returns a word with the code of each character that a terminal may hide. */
  private static String visible(String word) {
    StringBuilder visible = new StringBuilder();
    word.codePoints()
        .forEach(
            c -> {
              if ((c >= ' ' && c < 0x7f) || Character.isLetterOrDigit(c)) {
                visible.appendCodePoint(c);
              } else {
                visible.append(String.format(Locale.ROOT, "<U+%04X>", c));
              }
            });
    return visible.toString();
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
