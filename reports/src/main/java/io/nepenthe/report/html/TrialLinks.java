package io.nepenthe.report.html;

import io.nepenthe.report.text.Escape;
import io.nepenthe.report.view.MethodView;
import io.nepenthe.report.view.ReportModel;
import java.util.Optional;

/**
 * Links from a number to the page that lists the trials behind it, one page for each method on each
 * task, and from a trial to its line there.
 */
public final class TrialLinks {
  /** The folder of these pages, beside {@code index.html}. */
  public static final String FOLDER = "trials";

  private TrialLinks() {}

  /** Returns the name of the page's file, empty if nothing is stored for it to list. */
  public static Optional<String> page(ReportModel report, String task, MethodView method) {
    boolean stored =
        method.isOriginal()
            ? !report.originals(task).isEmpty()
            : !report.trials(task, method).isEmpty();
    String name = method.id().replaceAll("[^A-Za-z0-9-]", "-");
    return stored ? Optional.of(report.slug(task) + "_" + name + ".html") : Optional.empty();
  }

  /** Returns the HTML as a link to the page, or as it is if there is none. */
  static String of(ReportModel report, String task, MethodView method, String html) {
    return page(report, task, method)
        .map(page -> Html.link(FOLDER + "/" + page, html))
        .orElse(html);
  }

  /** Returns a link to the line of a trial. */
  static String trial(ReportModel report, String task, MethodView method, String id) {
    String shown = Html.code(shortened(id));
    return page(report, task, method)
        .map(page -> Html.link(FOLDER + "/" + page + "#" + Escape.urlSegment(id), shown))
        .orElse(shown);
  }

  /** Returns the end of a trial's id, which is the hash that tells trials apart. */
  static String shortened(String id) {
    return id.length() <= 9 ? id : "…" + id.substring(id.length() - 8);
  }
}
