package io.nepenthe.report.html;

import io.nepenthe.report.view.MethodView;
import io.nepenthe.report.view.ReportModel;
import io.nepenthe.report.view.Table;
import java.util.List;

/**
 * A page of the trials behind a number, which lies in a folder beside {@code index.html}.
 *
 * @param suite that the run is of
 * @param title of the page
 * @param lead what it lists
 * @param parts of the page, in order
 * @param machines on which the results were made
 */
public record TrialPage(String suite, String title, String lead, List<Part> parts, Table machines) {
  /** Copies the list. */
  public TrialPage {
    parts = List.copyOf(parts);
  }

  /**
   * Some of the results.
   *
   * @param id of the part
   * @param title of the part
   * @param commands that repeat the results
   * @param table of the results
   */
  record Part(String id, String title, List<String> commands, Table table) {
    Part {
      commands = List.copyOf(commands);
    }
  }

  /** Returns the page of a method's trials on a task, or of the task's original models. */
  public static String of(ReportModel report, String task, MethodView method, ResultLinks files) {
    HtmlOutput output = HtmlOutput.create();
    JtetrialsGenerated.render(
        output,
        null,
        method.isOriginal()
            ? OriginalsPage.of(report, task, method, files)
            : TrialsPage.of(report, task, method, files));
    return output.html();
  }
}
