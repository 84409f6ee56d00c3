package io.nepenthe.report.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nepenthe.metric.Metric;
import io.nepenthe.metric.Metrics;
import io.nepenthe.report.RunFixture;
import io.nepenthe.report.Runs;
import io.nepenthe.report.view.ReportModel;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class TextTablesTest {
  private final ReportModel report = ReportModel.of(RunFixture.run());
  private final String markdown = ResultsMarkdown.of(report);
  private final String latex = ResultsLatex.of(report);
  private final List<String> csv = ResultsCsv.of(report).lines().toList();

  private static String line(String text, String start) {
    return text.lines().filter(line -> line.startsWith(start)).findFirst().orElseThrow();
  }

  @Test
  void markdownHasTheColumnsOfThePaper() {
    assertEquals(
        "| Kind | Method | math-noise: % Mem | math-noise: Acc (%) | math-noise: Time (s)"
            + " | language: % Mem | language: Perplexity | language: Time (s) |",
        line(markdown, "| Kind"));
  }

  @Test
  void markdownPrintsMeanErrorAndRange() {
    assertEquals(
        "| Unlearning | BalancedSubnet | 2.50 (2.00–3.00) | 96.50 (96.00–97.00)"
            + " | 5.88 ± 0.59 (5.29–7.05)"
            + " | 2.50 (2.00–3.00) | 63.50 (63.00–64.00) | 5.88 ± 0.59 (5.29–7.05) |",
        line(markdown, "| Unlearning"));
  }

  @Test
  void markdownPrintsADashForWhatIsMissing() {
    assertTrue(line(markdown, "| Original model").contains("| 97.00 (96.50–97.50) | — |"));
    assertTrue(line(markdown, "|  | Random pruning").contains("| —<sup>1</sup> | 81.00"));
  }

  @Test
  void markdownListsNotesAndFailures() {
    assertTrue(
        markdown.contains(
            "- <sup>1</sup> Random pruning, language: No artifact is left to count."));
    assertTrue(
        markdown.contains(
            "- <sup>2</sup> Durable, math-noise: 1 of 4 trials not valid: OutOfMemoryError: heap"
                + " \\| 100% &lt;full&gt;"));
  }

  @Test
  void notesWhichSeedsAreMissing() {
    ReportModel some = ReportModel.of(Runs.withRows(row -> Runs.ofSeeds(row, List.of(0L, 3L))));
    assertTrue(ResultsMarkdown.of(some).contains("Act, math-noise: Only of seeds 0, 3."));
    ReportModel none = ReportModel.of(Runs.withRows(row -> Runs.ofSeeds(row, List.of())));
    assertTrue(ResultsLatex.of(none).contains("Act, math-noise: No seed has a result."));
  }

  @Test
  void markdownAddsPredictablePositions() {
    String more = markdown.substring(markdown.indexOf("Other measures on math-noise."));
    assertTrue(line(more, "| Kind").contains("Predictable acc (%)"));
    assertTrue(line(more, "| Unlearning").contains("| 86.50 (86.00–87.00) |"));
    assertTrue(line(more, "|  | Durable").contains("4, 1 not valid"));
  }

  @Test
  void markdownHasATableOfTimesPerTask() {
    String times = markdown.substring(markdown.indexOf("Times on math-noise."));
    assertEquals(
        "| Kind | Method | Time (s) | Localize (s) | Edit (s) | Tuning incl. (s) | Sweep (s) |",
        line(times, "| Kind"));
    assertEquals(
        "| Unlearning | BalancedSubnet | 5.88 ± 0.59 (5.29–7.05) | 4.70 (4.11–5.29)"
            + " | 1.18 (0.59–1.76) | 88.13 | 11.75 (8.81–14.69) |",
        line(times, "| Unlearning"));
    assertTrue(markdown.contains("Times on language."));
  }

  @Test
  void saysWhatTheErrorIs() {
    assertTrue(markdown.contains("± is JMH's 99.9 % error of the mean"));
    assertTrue(timeNote("jmh").contains("± is JMH's 99.9 % error"));
    assertFalse(timeNote("sweep").contains("±"));
  }

  @Test
  void saysWhichTimesAreNotJmhs() {
    assertTrue(line(markdown, "| Regularizers").contains("120.0 (108.0–144.0)<sup>†</sup>"));
    assertTrue(markdown.contains("those marked † were taken in the worker during the sweep."));
    assertTrue(timeNote("jmh").startsWith("Times are JMH's single shots"));
    assertFalse(timeNote("jmh").contains("sweep"));
    assertEquals("Times were taken in the worker during the sweep, not by JMH.", timeNote("sweep"));
  }

  private static String timeNote(String source) {
    return ReportModel.of(Runs.withRows(row -> Runs.named(row, row.name(), source))).timeNote();
  }

  @Test
  void latexUsesBooktabsAndEscapes() {
    assertTrue(latex.contains("\\toprule\n & \\multicolumn{3}{c}{math-noise}"));
    assertTrue(latex.contains("\\cmidrule(lr){2-4}\\cmidrule(lr){5-7}"));
    assertTrue(latex.contains("Method & \\% Mem & Acc (\\%) & Time (s)"));
    assertTrue(latex.contains("Time (s) & Localize (s) & Edit (s) & Tuning incl. (s) & Sweep (s)"));
    assertTrue(latex.contains("5.88 $\\pm$ 0.59 (5.29--7.05) & 4.70 (4.11--5.29)"));
    assertTrue(latex.contains("BalancedSubnet & 2.50 (2.00--3.00) & 96.50 (96.00--97.00)"));
    assertTrue(latex.contains("\\& 50\\% \\_x\\_ & 9.00"));
    assertTrue(latex.contains("Random pruning & 40.00 (39.50--40.50)"));
    assertTrue(latex.contains("---\\textsuperscript{1}"));
    assertTrue(latex.contains("120.0 (108.0--144.0)\\textsuperscript{\\textdagger{}}"));
    assertTrue(latex.contains("heap \\textbar{} 100\\% \\textless{}full\\textgreater{}"));
    assertFalse(latex.contains("<script>"));
  }

  @Test
  void csvHasOneLinePerTaskAndMethod() {
    assertEquals(1 + 2 * 9, csv.size());
    assertTrue(ResultsCsv.of(report).endsWith("\r\n"));
  }

  @Test
  void csvHasEveryStatistic() {
    Map<String, String> act = fields("math-noise,act,");
    assertEquals("unlearning", act.get("family"));
    assertEquals("0 1 3", act.get("seeds"));
    assertEquals("24", act.get("memorizedPercentMean"));
    assertEquals("90.5", act.get("accuracyPercentMin"));
    assertEquals("81.5", act.get("predictableAccuracyPercentMax"));
    assertEquals("1.25", act.get("perplexityMean"));
    assertEquals("0.25", act.get("secondsMean"));
    assertEquals("0.2", act.get("localizeSecondsMean"));
    assertEquals("0.05", act.get("editSecondsMean"));
    assertEquals("0.025", act.get("secondsError"));
    assertEquals("0.5", act.get("sweepSecondsMean"));
    assertEquals("0.375", act.get("sweepSecondsMin"));
    assertEquals("jmh", act.get("secondsSource"));
    assertEquals("3.75", act.get("tuningSecondsMean"));
    assertEquals("3", act.get("trials"));
  }

  @Test
  void everyMetricHasItsColumns() {
    List<String> names = Arrays.asList(csv.get(0).split(",", -1));
    String line = csv.stream().filter(each -> each.startsWith("math-noise,act,")).findFirst().get();
    String later =
        line.substring(line.lastIndexOf('"') + 1); // behind the settings, which are quoted
    assertTrue(later.startsWith(",,,0.5,0.5,0.5,0.75,0.75,0.75,"), later);
    String markdown = ResultsMarkdown.of(report);
    for (Metric metric : Metrics.all()) {
      assertTrue(names.contains(metric.id() + "Mean"), metric.id());
    }
    for (String heading : List.of("Extraction strength", "Exact memorization")) {
      assertTrue(latex.contains(heading), heading);
      assertTrue(markdown.contains(heading), heading);
    }
    assertTrue(markdown.contains("| 0.500 (0.500–0.500) | 0.750 (0.750–0.750) |"));
  }

  @Test
  void csvColumnsOfTheFirstVersionStayWhereTheyWere() {
    assertTrue(
        csv.get(0)
            .startsWith(
                "task,method,name,family,seeds,memorizedPercentMean,memorizedPercentMin,"
                    + "memorizedPercentMax,accuracyPercentMean"),
        csv.get(0));
    assertTrue(
        csv.get(0)
            .contains(
                "referencePerplexityMax,secondsMean,secondsMin,secondsMax,localizeSecondsMean"),
        csv.get(0));
    assertTrue(csv.get(0).contains("settings,failures,note,extractionStrengthMean"), csv.get(0));
  }

  @Test
  void csvLeavesMissingValuesEmpty() {
    Map<String, String> original = fields("language,original,");
    assertEquals("original", original.get("family"));
    assertEquals("45", original.get("memorizedPercentMean"));
    assertEquals("", original.get("accuracyPercentMean"));
    assertEquals("", original.get("secondsMean"));
    assertEquals("", original.get("tuningSecondsMean"));
  }

  @Test
  void csvTellsSettingsAndFailures() {
    String durable = String.join("\n", csv);
    assertTrue(durable.contains("\"seed 0: epochs = 10, ratio = 0.05 | seed 1: "));
    assertTrue(durable.contains(",4,") && durable.contains("," + RunFixture.REASON + ","));
    assertTrue(durable.contains("," + RunFixture.HOSTILE + ","));
  }

  /** Returns the line's fields by heading; the fields asked for here hold no comma. */
  private Map<String, String> fields(String start) {
    List<String> names = Arrays.asList(csv.get(0).split(",", -1));
    String line = csv.stream().filter(each -> each.startsWith(start)).findFirst().orElseThrow();
    List<String> values = Arrays.asList(line.split(",", -1));
    int known = names.indexOf("settings");
    return IntStream.range(0, known).boxed().collect(Collectors.toMap(names::get, values::get));
  }
}
