package io.nepenthe.fuzz;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The numbers that lines of a file say, read without any of the program's own code. */
final class SaidIds {
  private static final Pattern NUMBER = Pattern.compile("[0-9]+");
  private static final Pattern BETWEEN = Pattern.compile("[\\s,\\p{IsWhite_Space}]*");

  private SaidIds() {}

  /** Returns the numbers of each line that has any, if nothing else is there. */
  static List<List<Integer>> of(byte[] file) {
    List<List<Integer>> rows = new ArrayList<>();
    for (String line : text(file).split("\r\n|\r|\n", -1)) {
      List<Integer> row = new ArrayList<>();
      Matcher number = NUMBER.matcher(line);
      while (number.find()) {
        row.add(Integer.parseInt(number.group()));
      }
      String rest = number.replaceAll(" ");
      assertTrue(BETWEEN.matcher(rest).matches(), "'" + line + "' was read as ids");
      if (!row.isEmpty()) {
        rows.add(row);
      }
    }
    return rows;
  }

  private static String text(byte[] file) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(file)).toString();
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw new AssertionError("it was read, and is no UTF-8", e);
    }
  }
}
