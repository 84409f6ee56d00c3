package io.nepenthe.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import io.nepenthe.report.view.ReportModel;
import java.awt.GraphicsEnvironment;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReportWriterTest {
  private static final Set<String> FIGURES =
      Set.of(
          "tradeoff-math-noise",
          "tradeoff-language",
          "tradeoff-front-math-noise",
          "tradeoff-front-language",
          "tradeoff-groups-math-noise",
          "tradeoff-groups-language",
          "tradeoff-profile",
          "training-math-noise",
          "training-language");

  @TempDir private Path home;
  private Path folder;

  @BeforeEach
  void choose() {
    folder = home.resolve("report");
  }

  @Test
  void writesTheFilesAndNothingElse() throws IOException {
    ReportWriter.write(RunFixture.run(), folder.resolve("a/report"));
    Set<String> names =
        new HashSet<>(
            Set.of(
                "columns.md",
                "index.html",
                "manifest.txt",
                "paper.csv",
                "paper.md",
                "paper.tex",
                "table.csv",
                "table.md",
                "table.tex"));
    for (String figure : FIGURES) {
      names.add("figures/" + figure + ".svg");
      names.add("figures/" + figure + ".pdf");
      names.add("figures/" + figure + ".png");
    }
    Set<String> written = new HashSet<>(content(folder.resolve("a/report")).keySet());
    written.removeIf(name -> name.startsWith("trials/")); // as many as there are methods and tasks
    assertEquals(names, written);
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
      String target = parts[0].isEmpty() ? page : read(folder.resolve(parts[0]));
      assertTrue(parts.length == 1 || target.contains(" id=\"" + parts[1] + "\""), link);
    }
  }

  @Test
  void givesTheSameBytesForTheSameRun() throws IOException {
    ReportWriter.write(RunFixture.run(), folder);
    Map<String, String> first = content(folder);
    ReportWriter.write(RunFixture.run(), folder);
    assertEquals(first, content(folder));
  }

  @Test
  void reportsARunOfWhichNothingIsStoredYet() throws IOException {
    ReportWriter.write(Runs.empty(), folder);
    Map<String, String> files = content(folder);
    assertEquals(
        Set.of("columns.md", "index.html", "manifest.txt", "table.csv", "table.md", "table.tex"),
        files.keySet());
    assertTrue(files.get("table.md").contains("Act, math-noise: No result is stored."));
    assertTrue(files.get("index.html").contains("Nothing to draw is stored."));
  }

  @Test
  void deletesWhatTheReportBeforeWroteAndNothingElse() throws IOException {
    ReportWriter.write(RunFixture.run(), folder);
    Files.writeString(folder.resolve("figures/mine.svg"), "mine");
    Files.writeString(folder.resolve("notes.txt"), "mine");
    Path outside = Files.writeString(folder.resolveSibling("outside.txt"), "not the report's");
    Files.writeString(
        folder.resolve("manifest.txt"),
        "../outside.txt\n" + outside.toAbsolutePath() + "\n",
        StandardOpenOption.APPEND);
    ReportWriter.write(Runs.empty(), folder);
    assertEquals(
        Set.of(
            "figures/mine.svg",
            "columns.md",
            "index.html",
            "manifest.txt",
            "notes.txt",
            "table.csv",
            "table.md",
            "table.tex"),
        content(folder).keySet());
    assertTrue(Files.exists(outside));
  }

  /** Data sets have lists of this name too. */
  @Test
  void obeysNoListThatNoReportWrote() throws IOException {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("audio.wav"), "mine");
    Files.writeString(folder.resolve("manifest.txt"), "audio.wav\n");
    NepentheException e =
        assertThrows(NepentheException.class, () -> ReportWriter.requireOwn(folder));
    assertEquals(ErrorCode.IO, e.code());
    ReportWriter.write(Runs.empty(), folder); // as report in the folder of a run
    assertEquals("mine", Files.readString(folder.resolve("audio.wav")));
    ReportWriter.requireOwn(folder);
  }

  @Test
  void aFileThatWasPutBesideAReportIsNotReplaced() throws IOException {
    ReportWriter.write(Runs.empty(), folder);
    Path mine = Files.writeString(folder.resolve("paper.csv"), "mine");
    assertThrows(
        FileAlreadyExistsException.class, () -> ReportWriter.write(RunFixture.run(), folder));
    assertEquals("mine", Files.readString(mine));
  }

  @Test
  void turnsTasksIntoHarmlessFileNames() {
    assertEquals("math-noise", ReportModel.of(RunFixture.run()).slug("math-noise"));
    assertEquals("---a-b--1", ReportModel.of(Runs.emptyOf("../a b")).slug("../a b"));
  }

  @Test
  void needsNoScreen() throws IOException {
    ReportWriter.write(Runs.empty(), folder);
    assertTrue(GraphicsEnvironment.isHeadless());
  }

  private static Map<String, String> content(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .collect(
              Collectors.toMap(
                  file -> folder.relativize(file).toString().replace('\\', '/'),
                  ReportWriterTest::read));
    }
  }

  private static String read(Path file) {
    try {
      return file.toString().matches(".*[.](pdf|png)")
          ? Files.readString(file, StandardCharsets.ISO_8859_1)
          : Files.readString(file);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
