package io.nepenthe.report.html;

import io.nepenthe.report.view.MethodView;
import io.nepenthe.report.view.ReportModel;
import java.util.List;
import java.util.stream.Collectors;

/** A page of trials, which lies in a folder beside {@code index.html}, and its common parts. */
public final class HtmlTrialPage {
  private HtmlTrialPage() {}

  public static String of(ReportModel report, String task, MethodView method, ResultLinks files) {
    return HtmlDocument.of(
        method.label() + " on " + task + ": trials",
        method.isOriginal()
            ? HtmlOriginals.of(report, task, method, files)
            : HtmlTrials.of(report, task, method, files));
  }

  static String header(ReportModel report, String titleText, String leadHtml) {
    return "<header>\n<p class=\"kicker\">"
        + Html.link("../index.html", "Nepenthe: " + Html.text(report.info().suite()))
        + "</p>\n<h1>"
        + Html.text(titleText)
        + "</h1>\n<p class=\"lead\">"
        + leadHtml
        + "</p>\n</header>\n";
  }

  static String commands(List<String> lines) {
    return "<pre tabindex=\"0\" aria-label=\"Command that repeats these results\"><code>"
        + lines.stream().map(Html::text).collect(Collectors.joining("\n"))
        + "</code></pre>\n";
  }

  /** Returns a trial's short name, a link to its file; links to the trial end here. */
  static String anchor(String id, String file) {
    return "<a id=\"%s\" href=\"%s\" title=\"%s\"><code>%s</code></a>"
        .formatted(
            Html.text(id), Html.text(file), Html.text(id), Html.text(TrialLinks.shortened(id)));
  }
}
