package io.nepenthe.report.html;

import io.nepenthe.report.draw.Figure;
import io.nepenthe.report.view.RepeatCommand;
import io.nepenthe.report.view.ReportModel;
import io.nepenthe.report.view.ResultTables;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** The page: one file that needs nothing else, in light and dark, on paper and on a telephone. */
public final class HtmlPage {
  private HtmlPage() {}

  public static String of(ReportModel report, List<Figure> figures) {
    return HtmlDocument.of("Nepenthe: " + report.info().suite(), body(report, figures));
  }

  private static String body(ReportModel report, List<Figure> figures) {
    return HtmlIntroduction.of(report)
        + HtmlFilter.of(report)
        + Html.section("results", "Results", results(report))
        + HtmlPaper.of(report)
        + Html.section("tradeoff", "What forgetting costs", figures(figures, "tradeoff-"))
        + Html.section(
            "training", "How the originals came to memorize", figures(figures, "training-"))
        + Html.section("times", "Times", times(report))
        + HtmlEnergy.of(report)
        + Html.section("measures", "Other measures", more(report))
        + Html.section("ranking", "Ranking", HtmlRanking.of(report))
        + Html.section(
            "winners", "Which setting", byTask(report, task -> HtmlWinners.of(report, task)))
        + Html.section("excluded", "Left out of the choice", excluded(report))
        + Html.section("failures", "Failures", failures(report))
        + Html.section("reproduce", "Reproduce", reproduce(report))
        + Html.section("provenance", "Provenance", provenance(report));
  }

  private static String results(ReportModel report) {
    return HtmlGrid.of(report, ResultTables.main(report)) + HtmlFailures.footnotes(report);
  }

  private static String figures(List<Figure> figures, String prefix) {
    String drawn =
        figures.stream()
            .filter(figure -> figure.id().startsWith(prefix))
            .map(
                figure ->
                    "<figure>\n<div class=\"chart\">%s</div>\n<figcaption>%s</figcaption>\n</figure>\n"
                        .formatted(figure.svg(), Html.text(figure.caption())))
            .collect(Collectors.joining());
    return drawn.isEmpty()
        ? "<p>Nothing to draw is stored.</p>\n"
        : "<div class=\"figures\">\n" + drawn + "</div>\n";
  }

  private static String times(ReportModel report) {
    return "<p>"
        + Html.text(report.timeNote())
        + " Localize and edit are the two steps of the same time, for methods that have them. The"
        + " tuning-inclusive time is that of all trials of a method in the sweep, mean over seeds;"
        + " the sweep's time is that of the chosen trials alone.</p>\n"
        + byTask(report, task -> HtmlGrid.of(report, ResultTables.times(report, task)));
  }

  private static String more(ReportModel report) {
    return "<p>Accuracy on predictable positions leaves out padding and what nobody could"
        + " predict.</p>\n"
        + byTask(report, task -> HtmlGrid.of(report, ResultTables.more(report, task)));
  }

  private static String byTask(ReportModel report, UnaryOperator<String> html) {
    return report.tasks().stream()
        .map(task -> Html.ofTask(report, task, html.apply(task)))
        .collect(Collectors.joining());
  }

  private static String excluded(ReportModel report) {
    String excluded = byTask(report, task -> HtmlExclusions.of(report, task));
    return excluded.isEmpty() ? "<p>No trial was left out.</p>\n" : excluded;
  }

  private static String failures(ReportModel report) {
    String failures = byTask(report, task -> HtmlFailures.of(report, task));
    return failures.isEmpty() ? "<p>No stored trial failed.</p>\n" : failures;
  }

  private static String reproduce(ReportModel report) {
    return "<p>At the commit below, with JDK 17 and Maven:</p>\n<pre><code>"
        + Html.text(RepeatCommand.wholeRun(report.info()))
        + "</code></pre>\n<p>Stored trials are not run again; the same seed, machine and"
        + " thread count give the same weights. The page behind each number has the command that"
        + " repeats its trials alone.</p>\n";
  }

  private static String provenance(ReportModel report) {
    return HtmlProvenance.machines(report.run())
        + HtmlProvenance.plugins(report)
        + HtmlProvenance.wallTime(report.info().secondsByPhase());
  }
}
