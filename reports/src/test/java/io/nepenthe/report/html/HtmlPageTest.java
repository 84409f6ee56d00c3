package io.nepenthe.report.html;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nepenthe.report.ReportFiles;
import io.nepenthe.report.RunFixture;
import io.nepenthe.report.Runs;
import io.nepenthe.report.view.Table;
import io.nepenthe.runstore.TrialResult;
import io.nepenthe.summary.StoredRun;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

final class HtmlPageTest {
  private static final String PAGE = page(RunFixture.run());

  private static String page(StoredRun run) {
    return ReportFiles.of(run).get("index.html");
  }

  private static void has(String part) {
    assertTrue(PAGE.contains(part), part);
  }

  private static List<String> all(String pattern) {
    return Pattern.compile(pattern).matcher(PAGE).results().map(MatchResult::group).toList();
  }

  @Test
  void saysWhatWasRun() {
    has("<h1>What models forget: quick</h1>");
    has("8 methods on 2 tasks with seeds 0, 1, 3 under protocol 1.0; 48 of 49 trials valid.");
    has("end-token-ban (Q-10), fixed-split (K14).");
    has("2,000 sequences of the seven-times table");
    has("814,336");
  }

  @Test
  void countsAsRunOnlyWhatHasATrial() {
    StoredRun run = RunFixture.run();
    List<TrialResult> some =
        run.trials().stream()
            .filter(trial -> trial.identity().task().equals(RunFixture.MATH))
            .filter(trial -> trial.identity().method().startsWith("a"))
            .filter(trial -> trial.identity().seed() > 0)
            .toList();
    StoredRun begun =
        new StoredRun(run.info(), run.originals(), some, List.of(), run.summary(), run.selection());
    assertTrue(
        page(begun).contains("ran 1 of 8 methods on 1 of 2 tasks with seeds 1, 3 under protocol"));
    assertTrue(page(Runs.empty()).contains("The suite quick has no trial yet."));
  }

  @Test
  void printsTheTable() {
    has(
        "<a href=\"trials/math-noise_balanced-subnet.html\">2.50</a>"
            + " <span class=\"range\">(2.00–3.00)</span>");
    has("63.50</a> <span class=\"range\">(63.00–64.00)</span>");
    has("<td class=\"n first\">—<sup><a href=\"#note-1\">1</a></sup></td>");
    has("120.0</a><sup>†</sup> <span class=\"range\">");
  }

  @Test
  void tellsTheChosenTrialOfEachSeed() {
    has("45.00 → 2.50");
    has("97.00 → 96.50");
    has("epochs\u00a0=\u00a010, ratio\u00a0=\u00a00.05");
    has("href=\"trials/math-noise_act.html#math-noise-act-0-0a1b2c3d4e5f\"");
    has("5.88 JMH");
    has("120.0 sweep");
  }

  @Test
  void countsFailuresWithTheirReason() {
    has("<span class=\"prose\">OutOfMemoryError: heap | 100% &lt;full&gt;</span>");
    has("<td>failed</td><td class=\"n\"><a href=\"trials/math-noise_durable.html\">1</a></td>");
    has("<li id=\"note-2\">Durable, math-noise: 1 of 4 trials was not valid: OutOfMemoryError");
  }

  @Test
  void tellsHowToReproduceAndWhereItRan() {
    has("./nepenthe run RUN --out DIR");
    has("<td>0123abc</td>");
    has("judge, 6 originals, 49 trials, 14 timings");
    has("<th scope=\"row\">Total</th><td class=\"n\">1 h 01 min</td>");
  }

  @Test
  void answersFirst() {
    String first = PAGE.substring(0, PAGE.indexOf("id=\"results\""));
    assertTrue(first.contains("1 of 6 methods leaves at most 5 % memorized in every seed"));
    assertTrue(first.contains("With 3 seeds the smallest possible two-sided p"));
  }

  @Test
  void listsEverySectionInItsContents() {
    String contents = PAGE.substring(PAGE.indexOf("<nav"), PAGE.indexOf("</nav>"));
    List<String> titles =
        all("<h2[^>]*>[^<]*").stream().map(heading -> heading.replaceAll("<[^>]*>", "")).toList();
    assertTrue(titles.size() > 10, titles.toString());
    titles.forEach(title -> assertTrue(contents.contains(">" + title + "</a>"), title));
  }

  @Test
  void linksEveryFigureInEveryFormatAndEveryTable() {
    assertEquals(2 * 9, all("href=\"figures/[^\"]*[.]pdf\"").size());
    for (String file : List.of("table.csv", "table.md", "table.tex", "paper.csv")) {
      has("href=\"" + file + "\"");
    }
  }

  @Test
  void escapesHostileNames() {
    assertEquals(1, all("<script").size());
    has("&lt;script&gt;alert(1)&lt;/script&gt; &amp; 50% _x_");
  }

  @Test
  void needsNothingFromOutside() {
    assertEquals(List.of(), all("((?<!-)\\bsrc|@import|url\\((?!#))[=(\\s][^>]{0,40}"));
    assertEquals(List.of(), all("href=\"https?:[^\"]*\""));
    assertFalse(PAGE.contains("<?xml") || PAGE.contains("<!DOCTYPE svg"));
  }

  @Test
  void usesEveryIdOnce() {
    List<String> ids = all("\\sid=\"[^\"]*\"");
    assertEquals(ids.stream().distinct().toList(), ids);
  }

  @Test
  void phasesAddUpToTheTotal() {
    Table table =
        ProvenanceTables.wallTime(
            Map.of(
                "training",
                30.0,
                "mitigation",
                20.0,
                "scoring",
                4.0,
                "other",
                1.0,
                "total",
                45.0,
                "slots",
                60.0,
                "slotsEngine",
                5.5));
    assertEquals(
        List.of(
            "Training 30.00 s",
            "Mitigation 20.00 s",
            "Scoring 4.00 s",
            "None of these 1.00 s",
            "Less what went on at the same time −10.00 s",
            "Total 45.00 s",
            "All workers, added up 1 min 00 s",
            "Of that, starting, loading and saving 5.50 s"),
        table.rows().stream()
            .map(row -> row.head().cell().text() + " " + row.cells().get(0).text())
            .toList());
  }

  @Test
  void everyLandmarkHasANameOfItsOwn() {
    List<String> names =
        new ArrayList<>(all("(?<=role=\"region\" tabindex=\"0\" aria-label=\")[^\"]*"));
    all("<section aria-labelledby=\"[^\"]*\">\\s*<h2[^>]*>[^<]*")
        .forEach(section -> names.add(section.substring(section.lastIndexOf('>') + 1)));
    assertTrue(names.contains("Results") && names.contains("Machines and versions"));
    assertEquals(names.stream().distinct().toList(), names);
  }

  @Test
  void everyPartOfATaskIsKnownToTheFilter() {
    assertEquals(8, all("<figure data-task=\"(math-noise|language)\">").size());
    assertEquals(1, all("<div data-task=\"math-noise\">\\s*<h3>Table 1").size());
  }

  @Test
  void isMarkedUpForReadersWhoDoNotSee() {
    assertEquals(all("<table").size(), all("<caption").size());
    assertEquals(9, all("<figure[ >]").size());
    assertEquals(9, all("<figcaption>").size());
    assertEquals(9, all("<svg [^>]*role=\"img\"").size());
    assertEquals(List.of(), all("<th>"));
  }
}
