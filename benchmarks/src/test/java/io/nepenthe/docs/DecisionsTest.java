package io.nepenthe.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Decisions say where they stand and since when, and their index names them all. */
class DecisionsTest {
  private static final Path FOLDER = SourceTree.ROOT.resolve("docs/decisions");
  private static final Pattern HEAD =
      Pattern.compile(
          "# (\\d+)\\. (.+)\\n\\nStatus: (.+)\\. Date: (\\d{4}-\\d\\d-\\d\\d)\\.\\n\\n");

  @Test
  void indexNamesEveryDecision() throws IOException {
    StringBuilder table =
        new StringBuilder("| no. | decision | status | date |\n| ---: | --- | --- | --- |\n");
    int last = 0;
    for (Path decision : decisions()) {
      String file = decision.getFileName().toString();
      Matcher head = HEAD.matcher(Files.readString(decision));
      assertTrue(
          head.lookingAt(),
          file + " must begin with '# N. Title', then 'Status: accepted. Date: 2026-11-24.'");
      int number = Integer.parseInt(file.substring(0, 4));
      assertTrue(number > last, file + " takes a number that is taken");
      assertEquals(Integer.toString(number), head.group(1), "the number in the title of " + file);
      table.append(
          String.format(
              "| %d | [%s](%s) | %s | %s |\n",
              number, head.group(2), file, head.group(3), head.group(4)));
      last = number;
    }
    Generated.check("docs/decisions/README.md", "decisions", table.toString());
  }

  private static List<Path> decisions() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files
          .filter(file -> file.getFileName().toString().matches("\\d{4}-.*"))
          .sorted()
          .toList();
    }
  }
}
