package io.nepenthe.leaderboard;

import io.nepenthe.plugin.Family;
import io.nepenthe.report.html.Html;
import io.nepenthe.report.view.Numbers;
import io.nepenthe.report.view.RankingRow;
import io.nepenthe.summary.MeasuredTimes;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** One board of the page: overall, each task, and where the results come from. */
final class HtmlBoard {
  private HtmlBoard() {}

  static String of(Board board) {
    StringBuilder html = new StringBuilder();
    html.append("<section class=\"board\">\n<h2>");
    html.append(Html.text(board.title())).append("</h2>\n");
    if (!board.overall().isEmpty()) {
      html.append("<section class=\"overall\">\n<h3>Overall</h3>\n");
      html.append(overall(board)).append("</section>\n");
    }
    board.tasks().forEach(task -> html.append(task(task)));
    html.append("<section>\n<h3>Where the results come from</h3>\n");
    html.append(sources(board)).append(list(board.leftOut())).append("</section>\n");
    return html.append("</section>\n").toString();
  }

  static String list(List<String> sentences) {
    return sentences.isEmpty()
        ? ""
        : sentences.stream()
            .map(each -> "<li>" + Html.text(each) + "</li>\n")
            .collect(Collectors.joining("", "<ul class=\"notes\">\n", "</ul>\n"));
  }

  private static String overall(Board board) {
    SortableTable table =
        new SortableTable("Methods over all " + board.tasks().size() + " tasks, by mean rank")
            .number("Place")
            .text("Method")
            .number("Mean rank")
            .text("Family")
            .number("Tasks")
            .text("Note");
    for (OverallEntry entry : board.overall()) {
      List<String> notes = new ArrayList<>();
      if (!entry.overUnlearned().isEmpty()) {
        notes.add(mark("over-unlearned on " + String.join(", ", entry.overUnlearned())));
      }
      if (!entry.missing().isEmpty()) {
        notes.add(Html.text("no result on " + String.join(", ", entry.missing())));
      }
      table
          .row(entry.family().id())
          .cell(Integer.toString(entry.place()), entry.place())
          .heading(method(entry.name(), entry.method()))
          .cell(entry.rank(), 2)
          .cell(Html.text(Print.family(entry.family())))
          .cell(entry.tasks() + " of " + board.tasks().size(), entry.tasks())
          .cell(notes(notes));
    }
    return table.html();
  }

  private static String task(TaskBoard task) {
    SortableTable table =
        new SortableTable(
                task.task() + ": mean over seeds " + Print.seeds(task.seeds()) + ", 95 % interval")
            .number("Place")
            .text("Method")
            .number("Score")
            .text("Tie group")
            .number("% Mem")
            .number(task.hasAccuracy() ? "Acc (%)" : "Perplexity")
            .number("Time (s)")
            .number("Seeds")
            .text("Family")
            .text("Note");
    for (Entry entry : task.entries()) {
      row(table, task, entry);
    }
    return "<section class=\"task\" data-task=\""
        + Html.text(task.task())
        + "\">\n<h3>"
        + Html.text(task.task())
        + "</h3>\n<p>"
        + Html.text(Print.before(task) + " " + Print.times(task))
        + "</p>\n"
        + table.html()
        + "<details>\n<summary>How trials were chosen and scored</summary>\n<p>"
        + Html.text(task.rules())
        + "</p>\n</details>\n"
        + (task.caveat().isEmpty()
            ? ""
            : "<p class=\"caveat\"><strong>Few seeds.</strong> "
                + Html.text(task.caveat())
                + "</p>\n")
        + "</section>\n";
  }

  private static void row(SortableTable table, TaskBoard task, Entry entry) {
    String sweep = MeasuredTimes.SWEEP.equals(entry.secondsSource()) ? " <sup>†</sup>" : "";
    table.row(entry.family().id());
    if (entry.place() == null) {
      table.cell(entry.family() == Family.CONTROL ? "control" : Numbers.MISSING);
    } else {
      table.cell(entry.place().toString(), entry.place());
    }
    table
        .heading(method(entry.name(), entry.method() + " " + entry.version()) + mark(entry))
        .cell(entry.score(), 3)
        .cell(entry.tieGroup() == null ? Numbers.MISSING : RankingRow.letter(entry.tieGroup()))
        .cell(entry.memorizedPercent(), 2)
        .cell(task.hasAccuracy() ? entry.accuracyPercent() : entry.perplexity(), 2)
        .cell(entry.seconds(), Print.secondsDecimals(entry.seconds()), sweep)
        .cell(Integer.toString(entry.seeds().size()), entry.seeds().size())
        .cell(Html.text(Print.family(entry.family())))
        .cell(notes(entry.notes().stream().map(Html::text).toList()));
  }

  private static String method(String name, String id) {
    return Html.text(name) + " <span class=\"id\">" + Html.code(id) + "</span>";
  }

  /** Stands beside the name, where a narrow screen shows it; the note tells what was lost. */
  private static String mark(Entry entry) {
    return entry.overUnlearned() ? " " + mark("over-unlearned") : "";
  }

  private static String mark(String text) {
    return "<strong class=\"mark-over\">" + Html.text(text) + "</strong>";
  }

  private static String notes(List<String> notesHtml) {
    return notesHtml.isEmpty()
        ? ""
        : "<span class=\"prose\">" + String.join("; ", notesHtml) + "</span>";
  }

  private static String sources(Board board) {
    SortableTable table =
        new SortableTable("Runs")
            .text("Suite")
            .text("Tasks")
            .text("Seeds")
            .number("Trials")
            .text("Machine");
    for (Source source : board.runs()) {
      table
          .row()
          .heading(Html.text(source.suite()))
          .cell("<span class=\"prose\">" + Html.text(String.join(", ", source.tasks())) + "</span>")
          .cell(Html.text(Print.seeds(source.seeds())))
          .cell(Integer.toString(source.trials()), source.trials())
          .cell(Html.text(source.machine()));
    }
    return table.html();
  }
}
