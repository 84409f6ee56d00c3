package io.nepenthe.report.text;

import io.nepenthe.report.view.ExclusionTable;
import io.nepenthe.report.view.ManySeeds;
import io.nepenthe.report.view.ManySeedsWords;
import io.nepenthe.report.view.Note;
import io.nepenthe.report.view.RankingTable;
import io.nepenthe.report.view.ReportModel;
import io.nepenthe.report.view.ResultTables;
import io.nepenthe.report.view.Section;
import io.nepenthe.report.view.SeedsNeededTable;
import io.nepenthe.report.view.SharedTable;
import io.nepenthe.report.view.Table;
import io.nepenthe.report.view.ThreeSeedsTable;
import io.nepenthe.selection.TaskSelection;
import java.util.List;

/** The tables of a report in GitHub's Markdown. */
public final class ResultsMarkdown {
  private final ReportModel report;
  private final StringBuilder text = new StringBuilder();

  private ResultsMarkdown(ReportModel report) {
    this.report = report;
  }

  public static String of(ReportModel report) {
    return new ResultsMarkdown(report).text();
  }

  private String text() {
    heading("# ", "Results of " + report.info().suite());
    ResultTables.last(report).ifPresent(this::table);
    table(ResultTables.main(report));
    for (String task : report.tasks()) {
      heading("## ", task);
      table(ResultTables.times(report, task));
      table(ResultTables.more(report, task));
      report.selection(task).ifPresent(this::selection);
    }
    if (!report.manySeeds().isEmpty()) {
      heading("## ", Section.MANY_SEEDS.title());
      report.manySeeds().forEach(this::manySeeds);
      paragraph(ManySeedsWords.EXPLANATION);
    }
    return text.toString();
  }

  private void table(Table table) {
    text.append(MarkdownTable.captioned(table)).append(MarkdownTable.notes(Note.of(report, table)));
  }

  private void selection(TaskSelection selection) {
    String task = selection.task();
    heading("### ", "Ranking on " + task);
    paragraph(RankingTable.explanation() + " " + selection.rulesInWords());
    String caveat = selection.ranking().caveat();
    text.append(caveat.isEmpty() ? "" : "**Few seeds.** " + Escape.markdown(caveat) + "\n\n");
    text.append(MarkdownTable.of(RankingTable.of(report, selection)));
    Table shared = SharedTable.of(report, task);
    if (!shared.rows().isEmpty()) {
      heading("### ", "Which setting on " + task);
      paragraph(SharedTable.CAPTION + ".");
      text.append(MarkdownTable.of(shared));
    }
    leftOut(task);
  }

  private void manySeeds(ManySeeds seeds) {
    heading("### ", seeds.task());
    paragraph(ManySeedsWords.tests(seeds));
    paragraph(ManySeedsWords.three(seeds));
    table(ThreeSeedsTable.ofMethods(report, seeds));
    Table flips = ThreeSeedsTable.ofCoinFlips(report, seeds);
    if (!flips.rows().isEmpty()) {
      table(flips);
    }
    table(SeedsNeededTable.of(seeds));
  }

  private void leftOut(String task) {
    Table counts = ExclusionTable.of(report, task);
    List<String> notes = ExclusionTable.notes(report, task);
    if (counts.rows().isEmpty() && notes.isEmpty()) {
      return;
    }
    heading("### ", "Left out of the choice on " + task);
    text.append(counts.rows().isEmpty() ? "" : MarkdownTable.of(counts));
    notes.forEach(note -> text.append("- ").append(Escape.markdown(note)).append('\n'));
    text.append(notes.isEmpty() ? "" : "\n");
  }

  private void heading(String level, String words) {
    text.append(level);
    paragraph(words);
  }

  private void paragraph(String words) {
    text.append(Escape.markdown(words)).append("\n\n");
  }
}
