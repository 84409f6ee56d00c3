package io.nepenthe.report.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nepenthe.metric.Metric;
import io.nepenthe.metric.Metrics;
import io.nepenthe.plugin.Family;
import io.nepenthe.report.ChallengedRun;
import io.nepenthe.report.ReportFiles;
import io.nepenthe.report.RunFixture;
import io.nepenthe.report.Runs;
import io.nepenthe.report.VariedRun;
import io.nepenthe.report.view.ReportModel;
import io.nepenthe.statistics.Statistic;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
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
            "- <sup>2</sup> Durable, math-noise: 1 of 4 trials was not valid: OutOfMemoryError: heap"
                + " \\| 100% &lt;full&gt;"));
  }

  @Test
  void notesWhichSeedsAreMissing() {
    ReportModel some = ReportModel.of(Runs.withRows(row -> Runs.ofSeeds(row, List.of(0L, 3L))));
    assertTrue(
        ResultsMarkdown.of(some)
            .contains("Act, math-noise: The numbers are of seeds 0 and 3 only."));
    ReportModel none = ReportModel.of(Runs.withRows(row -> Runs.ofSeeds(row, List.of())));
    assertTrue(ResultsLatex.of(none).contains("Act, math-noise: No seed has a result."));
  }

  /** A row of Act on mathematics, with what is said of its times and of its scores. */
  private static ReportModel noted(String note, String timeNote) {
    return ReportModel.of(
        Runs.withRows(
            row ->
                row.method().equals("act") && row.task().equals(RunFixture.MATH)
                    ? Runs.noted(row, note, timeNote)
                    : row));
  }

  @Test
  void notesStandAtTheNumbersThatTheyConcern() {
    String times = ResultsMarkdown.of(noted("", "disturbed"));
    assertTrue(
        line(times, "|  | Act").startsWith("|  | Act | 24.00 (23.50–24.50) | 91.00"),
        line(times, "|  | Act"));
    assertTrue(line(times, "|  | Act").contains("| 0.250 ± 0.025 (0.225–0.300)<sup>2</sup> | 24"));
    String table = times.substring(times.indexOf("Times on math-noise."));
    assertTrue(
        line(table, "|  | Act")
            .startsWith(
                "|  | Act | 0.250 ± 0.025 (0.225–0.300)<sup>2</sup> |"
                    + " 0.200 (0.175–0.225)<sup>2</sup> | 0.0500 (0.0250–0.0750)<sup>2</sup> |"),
        line(table, "|  | Act"));
    assertTrue(line(table, "- <sup>2</sup>").endsWith("Act, math-noise: Disturbed."));
    String scores = ResultsMarkdown.of(noted("one seed is left out; so is another", ""));
    assertTrue(line(scores, "|  | Act").startsWith("|  | Act | 24.00 (23.50–24.50)<sup>2</sup> |"));
    String others = scores.substring(scores.indexOf("Other measures on math-noise."));
    assertTrue(line(others, "|  | Act").startsWith("|  | Act<sup>2</sup> |"));
    assertTrue(line(others, "- <sup>2</sup>").endsWith("One seed is left out. So is another."));
  }

  @Test
  void everyMarkOfALatexTableIsExplainedBelowIt() {
    int marks = 0;
    for (String table : latex.split("\\\\end\\{table\\}", -1)) {
      int end = Math.max(table.indexOf("\\end{adjustbox}"), 0);
      List<String> used =
          Pattern.compile("textsuperscript[{](.*?)[}]( |$)", Pattern.MULTILINE)
              .matcher(table.substring(0, end))
              .results()
              .flatMap(found -> Stream.of(found.group(1).split(" ", -1)))
              .toList();
      for (String mark : used) {
        assertTrue(
            table.substring(end).contains("textsuperscript{" + mark + "}~")
                || table.contains("those marked " + mark),
            mark + " in " + table);
        marks++;
      }
    }
    assertTrue(marks > 5, marks + " marks");
  }

  @Test
  void negativeRangesKeepTheirSignsInEveryFormat() {
    ReportModel negative =
        ReportModel.of(
            Runs.withRows(
                row ->
                    row.family() == Family.REGULARIZER
                        ? Runs.timed(row, new Statistic(-14.1733, -19.0646, -10.4512))
                        : row));
    assertTrue(ResultsMarkdown.of(negative).contains("| −14.17 (−19.06 to −10.45)<sup>†</sup> |"));
    String tex = ResultsLatex.of(negative);
    assertTrue(tex.contains("& $-$14.17\\textsuperscript{\\textdagger{}} "), tex);
    assertTrue(tex.contains("{\\scriptsize ($-$19.06 to $-$10.45)}"), tex);
    assertTrue(ResultsCsv.of(negative).contains(",-14.1733,-19.0646,-10.4512,"));
  }

  @Test
  void saysWhatMemorizedIsAndWhoChoseTheSettings() {
    for (String file : List.of(markdown, latex.replace("\\%", "%"))) {
      assertTrue(file.contains("% Mem is the share of the artifacts, the rows to forget, that"));
      assertTrue(file.contains("best on the very rows that it is reported on"));
      assertFalse(file.contains("each row weighs"));
    }
  }

  @Test
  void saysWhereRowsWeighByTheirCopiesAndGivesThePlainShare() {
    Statistic none = new Statistic(0, 0, 0);
    ReportModel weighted =
        ReportModel.of(
            Runs.withRows(
                row ->
                    row.task().equals(RunFixture.LANGUAGE)
                        ? Runs.ofCopies(row, Map.of(1, none, 50, none))
                        : row));
    String text = ResultsMarkdown.of(weighted);
    assertTrue(text.contains("On language each row weighs as often as the training set holds it"));
    String others = text.substring(text.indexOf("Other measures on language."));
    assertTrue(line(others, "| Kind").contains("% Mem, each row once"), line(others, "| Kind"));
    assertTrue(
        line(others, "|  | Act").contains(" 24.00 (23.50–24.50) "), line(others, "|  | Act"));
    assertEquals("Memorized (% by copies)", weighted.memorizedAxis(RunFixture.LANGUAGE));
    assertEquals("Memorized (% of artifacts)", weighted.memorizedAxis(RunFixture.MATH));
    assertTrue(ResultsCsv.of(weighted).contains(",24,23.5,24.5,"));
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
        "| Kind | Method | Time (s) | Localize (s) | Edit (s) | Sweep (s) | Sweep, all trials (s) |",
        line(times, "| Kind"));
    assertEquals(
        "| Unlearning | BalancedSubnet | 5.88 ± 0.59 (5.29–7.05) | 4.70 (4.11–5.29)"
            + " | 1.18 (0.59–1.76) | 11.75 (8.81–14.69) | 88.13 |",
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
    assertTrue(latex.contains("\\label{tab:times-math-noise}"));
    assertTrue(latex.contains("Time (s) & Localize (s) & Edit (s) & Sweep (s) & \\shortstack[r]{"));
    assertTrue(
        latex.contains(
            "BalancedSubnet & 2.50 & 96.50 & 5.88 $\\pm$ 0.59 & 2.50 & 63.50 & 5.88 $\\pm$ 0.59 \\\\\n"
                + " & {\\scriptsize (2.00--3.00)} & {\\scriptsize (96.00--97.00)} & "));
    assertTrue(latex.contains("\\& 50\\% \\_x\\_ & 9.00"));
    assertTrue(latex.contains("Random pruning & 40.00 & 79.00"));
    assertTrue(latex.contains("---\\textsuperscript{1}"));
    assertTrue(latex.contains("120.0\\textsuperscript{\\textdagger{}}"));
    assertTrue(latex.contains("heap \\textbar{} 100\\% \\textless{}full\\textgreater{}"));
    assertFalse(latex.contains("<script>"));
  }

  @Test
  void theSettingThatHeldOutRowsChoseStandsBesideTheWinners() {
    Map<String, Number> setting = Map.of("batchSize", 64, "epochs", 10, "ratio", 0.05);
    ReportModel held =
        ReportModel.of(
            Runs.withRows(
                row -> row.method().equals("act") ? Runs.ofOneSetting(row, setting) : row));
    String table = ResultsMarkdown.of(held);
    assertTrue(line(table, "| Kind").contains("| math-noise: % Mem, held out |"), table);
    assertTrue(
        table.contains(
            "| 24.00 (23.50–24.50) | 24.00 (batchSize = 64, epochs = 10, ratio = 0.05) |"),
        table);
    assertTrue(table.contains("% Mem, held out, is that of one setting for all seeds"));
    String tex = ResultsLatex.of(held);
    assertTrue(
        tex.contains("\\shortstack[r]{(batchSize = 64,\\\\epochs = 10, ratio = 0.05)}"), tex);
    assertFalse(line(markdown, "| Kind").contains("held out"));
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
      assertTrue(latex.contains(heading.replace(" ", "\\\\")), heading);
      assertTrue(markdown.contains(heading), heading);
    }
    assertTrue(markdown.contains("| 0.500 (0.500–0.500) | 0.750 (0.750–0.750) |"));
  }

  @Test
  void csvHasSpreadAndIntervalOfEveryMean() {
    List<String> names = Arrays.asList(csv.get(0).split(",", -1));
    names.stream()
        .filter(name -> name.endsWith("Mean"))
        .map(name -> name.substring(0, name.length() - 4))
        .filter(name -> !name.equals("tuningSeconds") && !name.equals("memorizedRowsPercent"))
        .forEach(
            name ->
                List.of("StandardDeviation", "IntervalLow", "IntervalHigh")
                    .forEach(part -> assertTrue(names.contains(name + part), name + part)));
    String act = csv.stream().filter(each -> each.startsWith("math-noise,act,")).findFirst().get();
    // 23.5, 24 and 24.5: deviation 0.5, and 4.303 / √3 of it on either side
    assertTrue(act.contains(",0.5,22.757931"), act);
  }

  @Test
  void eachModelWhereItWasTrainedLongestHasATableOfItsOwn() {
    Map<String, String> files = ReportFiles.of(VariedRun.ofModels());
    List<String> tasks =
        files
            .get("models.csv")
            .lines()
            .skip(1)
            .map(line -> line.split(",", -1)[0])
            .distinct()
            .toList();
    assertEquals(List.of("wide-p50", "deep-p50"), tasks);
    String markdown = files.get("table.md");
    String caption =
        "Each model where it was trained longest: wide after 50 passes and deep after 50";
    assertTrue(markdown.contains(caption), markdown);
    String table = markdown.substring(markdown.indexOf(caption));
    assertTrue(table.lines().skip(2).findFirst().orElseThrow().contains("deep-p50"), table);
    assertFalse(table.lines().skip(2).findFirst().orElseThrow().contains("p20"), table);
    assertTrue(files.get("table.tex").contains("\\label{tab:models}"), "in LaTeX, too");
    assertTrue(files.get("index.html").contains(caption));
    assertFalse(ReportFiles.of(RunFixture.run()).containsKey("models.csv"));
  }

  @Test
  void everyColumnOfEveryCsvIsExplainedBesideIt() {
    Map<String, String> files = new HashMap<>(ReportFiles.of(RunFixture.run()));
    files.put("challenges.csv", ReportFiles.of(ChallengedRun.ofEach()).get("challenges.csv"));
    List<String> explained =
        Pattern.compile("`([^`]+)`")
            .matcher(files.get("columns.md"))
            .results()
            .map(each -> each.group(1))
            .toList();
    for (String file : List.of("table.csv", "paper.csv", "challenges.csv")) {
      for (String name : files.get(file).lines().findFirst().orElseThrow().split(",", -1)) {
        boolean known =
            explained.contains(name)
                || explained.stream()
                    .filter(each -> each.endsWith("…"))
                    .anyMatch(each -> name.startsWith(each.substring(0, each.length() - 1)));
        assertTrue(known, file + ": " + name);
      }
    }
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
