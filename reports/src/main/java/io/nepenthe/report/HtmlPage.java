package io.nepenthe.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** The page: one file that needs nothing else, in light and dark, on paper and on a telephone. */
final class HtmlPage {
  private HtmlPage() {}

  static String of(Report report, List<Figure> figures) {
    return """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>"""
        + Html.text("Nepenthe: " + report.info().suite())
        + "</title>\n<style>\n"
        + style()
        + "</style>\n</head>\n<body>\n<main>\n"
        + HtmlIntroduction.of(report)
        + Html.section("results", "Results", results(report))
        + PaperFiles.section(report)
        + Html.section("tradeoff", "What forgetting costs", figures(figures, "tradeoff-"))
        + Html.section(
            "training", "How the originals came to memorize", figures(figures, "training-"))
        + Html.section("times", "Times", times(report))
        + EnergyFiles.section(report)
        + Html.section("measures", "Other measures", more(report))
        + Html.section("ranking", "Ranking", HtmlRanking.of(report))
        + Html.section("winners", "Which setting", winners(report))
        + Html.section("excluded", "Left out of the choice", excluded(report))
        + Html.section("failures", "Failures", HtmlFailures.of(report))
        + Html.section("reproduce", "Reproduce", reproduce(report))
        + Html.section("provenance", "Provenance", provenance(report))
        + "</main>\n</body>\n</html>\n";
  }

  private static String results(Report report) {
    return HtmlGrid.of(ResultTables.main(report)) + HtmlFailures.footnotes(report);
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

  private static String times(Report report) {
    return "<p>"
        + Html.text(report.timeNote())
        + " Localize and edit are the two steps of the same time, for methods that have them. The"
        + " tuning-inclusive time is that of all trials of a method in the sweep, mean over seeds;"
        + " the sweep's time is that of the chosen trials alone.</p>\n"
        + report.tasks().stream()
            .map(task -> HtmlGrid.of(ResultTables.times(report, task)))
            .collect(Collectors.joining());
  }

  private static String more(Report report) {
    return "<p>Accuracy on predictable positions leaves out padding and what nobody could"
        + " predict.</p>\n"
        + report.tasks().stream()
            .map(task -> HtmlGrid.of(ResultTables.more(report, task)))
            .collect(Collectors.joining());
  }

  private static String winners(Report report) {
    return report.tasks().stream()
        .map(task -> HtmlWinners.of(report, task))
        .collect(Collectors.joining());
  }

  private static String excluded(Report report) {
    String excluded =
        report.tasks().stream()
            .map(task -> HtmlExclusions.of(report, task))
            .collect(Collectors.joining());
    return excluded.isEmpty() ? "<p>No trial was left out.</p>\n" : excluded;
  }

  private static String reproduce(Report report) {
    return "<p>At the commit below, with JDK 17 and Maven:</p>\n<pre><code>./nepenthe run "
        + Html.text(report.info().suite())
        + " --out DIR</code></pre>\n<p>Stored trials are not run again; the same seed, machine and"
        + " thread count give the same weights.</p>\n";
  }

  private static String provenance(Report report) {
    return HtmlProvenance.machines(report.run())
        + HtmlProvenance.plugins(report)
        + HtmlProvenance.wallTime(report.info().secondsByPhase());
  }

  private static String style() {
    try (InputStream css = HtmlPage.class.getResourceAsStream("report.css")) {
      Objects.requireNonNull(css, "report.css is not beside HtmlPage");
      return new String(css.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("report.css cannot be read", e);
    }
  }
}
