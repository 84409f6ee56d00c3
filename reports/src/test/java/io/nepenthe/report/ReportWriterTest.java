package io.nepenthe.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.GraphicsEnvironment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReportWriterTest {
  private static final Set<String> NAMES =
      Set.of(
          "index.html",
          "paper.csv",
          "paper.md",
          "paper.tex",
          "table.csv",
          "table.md",
          "table.tex",
          "tradeoff-math-noise.svg",
          "tradeoff-language.svg",
          "training-math-noise.svg",
          "training-language.svg");

  @TempDir private Path folder;

  @Test
  void writesTheFilesAndNothingElse() throws IOException {
    ReportWriter.write(RunFixture.run(), folder.resolve("a/report"));
    assertEquals(NAMES, content(folder.resolve("a/report")).keySet());
  }

  @Test
  void everyLinkOfThePageLeadsSomewhere() throws IOException {
    ReportWriter.write(RunFixture.run(), folder);
    String page = Files.readString(folder.resolve("index.html"));
    List<String> links =
        Pattern.compile("href=\"([^\"]*)\"").matcher(page).results().map(l -> l.group(1)).toList();
    assertTrue(links.size() > 100);
    for (String link : links) {
      String[] parts = link.split("#", -1);
      String target = parts[0].isEmpty() ? page : Files.readString(folder.resolve(parts[0]));
      assertTrue(parts.length == 1 || target.contains(" id=\"" + parts[1] + "\""), link);
    }
  }

  @Test
  void givesTheSameBytesForTheSameRun() throws IOException {
    ReportWriter.write(RunFixture.run(), folder.resolve("one"));
    ReportWriter.write(RunFixture.run(), folder.resolve("two"));
    ReportWriter.write(RunFixture.run(), folder.resolve("two"));
    assertEquals(content(folder.resolve("one")), content(folder.resolve("two")));
    assertEquals(content(folder.resolve("one/trials")), content(folder.resolve("two/trials")));
  }

  @Test
  void reportsARunOfWhichNothingIsStoredYet() throws IOException {
    ReportWriter.write(Runs.empty(), folder);
    Map<String, String> files = content(folder);
    assertEquals(Set.of("index.html", "table.csv", "table.md", "table.tex"), files.keySet());
    assertTrue(files.get("table.md").contains("act, math-noise: no result is stored."));
    assertTrue(files.get("index.html").contains("Nothing to draw is stored."));
  }

  @Test
  void turnsTasksIntoHarmlessFileNames() {
    assertEquals("math-noise", Report.of(RunFixture.run()).slug("math-noise"));
    assertEquals("---a-b--1", Report.of(Runs.emptyOf("../a b")).slug("../a b"));
  }

  @Test
  void needsNoScreen() throws IOException {
    ReportWriter.write(RunFixture.run(), folder);
    assertTrue(GraphicsEnvironment.isHeadless());
  }

  private static Map<String, String> content(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(Files::isRegularFile)
          .collect(Collectors.toMap(file -> file.getFileName().toString(), ReportWriterTest::read));
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
