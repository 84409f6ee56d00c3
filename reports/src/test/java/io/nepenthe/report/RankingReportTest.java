package io.nepenthe.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nepenthe.report.text.ResultsMarkdown;
import io.nepenthe.report.view.RankingTable;
import io.nepenthe.report.view.ReportModel;
import io.nepenthe.report.view.Table.Row;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RankingReportTest {
  private final ReportModel report = ReportModel.of(RunFixture.run());
  private final String page = ReportFiles.of(RunFixture.run()).get("index.html");
  private final String markdown = ResultsMarkdown.of(report);

  private static void has(String whole, String part) {
    assertTrue(whole.contains(part), part);
  }

  private List<Row> standings(String task) {
    return RankingTable.of(report, report.selection(task).orElseThrow()).rows();
  }

  @Test
  void ranksMethodsAndPutsControlsBelowThem() {
    List<Row> standings = standings(RunFixture.MATH);
    assertEquals("BalancedSubnet", standings.get(0).head().cell().text());
    assertEquals("1", standings.get(0).cells().get(0).text());
    assertEquals("A", standings.get(0).cells().get(1).text());
    // M = mean of (2 - 44.5)/44.5, (2.5 - 45)/45, (3 - 45.5)/45.5; A = mean of -0.5/(96.5, 97,
    // 97.5)
    assertEquals("−0.939", standings.get(0).cells().get(2).text());
    assertEquals("−0.939", standings.get(0).cells().get(4).text(), "one setting, held out");
    List<Row> last = standings.subList(6, 8);
    assertEquals(
        List.of("No mitigation", "Random pruning"),
        last.stream().map(each -> each.head().cell().text()).toList());
    assertEquals("control", last.get(0).cells().get(0).text());
    assertEquals(8, standings.size());
  }

  @Test
  void neverRanksThreeSeedsWithoutSayingWhatTheyCannotSupport() {
    String caveat =
        "With 3 seeds the smallest possible two-sided p of the exact Wilcoxon signed-rank test is"
            + " 0.25";
    has(page, caveat);
    has(markdown, caveat);
  }

  @Test
  void tellsTheRules() {
    has(page, "The score is M - A: the relative change of % memorized minus");
    has(page, "The score is M + P + t: the relative changes");
    has(
        page,
        "The method that sets the time limit was not timed, so that time rules out no trial.");
  }

  @Test
  void tellsTheSharedSettingByItsHoldoutScores() {
    has(page, "One setting for all seeds, chosen on the validation half of the evaluation rows");
    has(
        markdown,
        "| BalancedSubnet | epochs = 10, ratio = 0.05 | 3 | 2.50 (2.00–3.00) | 96.50 (96.00–97.00)"
            + " | −0.939 |  |");
  }

  @Test
  void countsWhatWasLeftOut() {
    has(
        page,
        "<td>failed</td><td class=\"n\"><a href=\"trials/math-noise_durable.html\">1</a></td>");
    has(markdown, "| Durable | failed | 1 |");
    has(markdown, "- Act: no time limit is known: all trials are eligible.");
  }

  @Test
  void escapesWhatPluginsSay() {
    assertFalse(page.contains("<full>"));
    assertFalse(markdown.contains("<script>"));
  }

  @Test
  void lettersGoOnAfterZ() {
    assertEquals("A", RankingTable.letter(1));
    assertEquals("Z", RankingTable.letter(26));
    assertEquals("AA", RankingTable.letter(27));
  }

  @Test
  void printsTheDigitsOfAPValueThatMatter() {
    assertEquals("0.0136", RankingTable.p(0.01357));
    assertEquals("< 0.0001", RankingTable.p(0.00004));
    assertEquals("0.0000", RankingTable.p(0.0));
    assertEquals("—", RankingTable.p(null));
  }

  @Test
  void saysThatNothingIsStored() {
    has(ReportFiles.of(Runs.empty()).get("index.html"), "Nothing to rank is stored.");
  }
}
