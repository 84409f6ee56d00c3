package io.nepenthe.leaderboard;

import io.nepenthe.report.text.Escape;
import io.nepenthe.report.text.MarkdownTable;
import java.util.List;

/** The boards in GitHub's Markdown. */
final class LeaderboardMarkdown {
  private final StringBuilder text = new StringBuilder();

  private LeaderboardMarkdown() {}

  static String of(Leaderboard leaderboard) {
    LeaderboardMarkdown markdown = new LeaderboardMarkdown();
    markdown.text.append("# Leaderboard\n\n");
    leaderboard.boards().forEach(markdown::board);
    if (leaderboard.boards().isEmpty()) {
      markdown.text.append("No trial is stored.\n\n");
    }
    markdown.text.append("## How methods are ranked\n\n");
    markdown.list(leaderboard.rules());
    return markdown.text.toString().stripTrailing() + "\n";
  }

  private void board(Board board) {
    heading("## ", board.title());
    if (!board.overall().isEmpty()) {
      heading("### ", "Overall");
      text.append(MarkdownTable.of(BoardTables.overall(board)));
    }
    board.tasks().forEach(this::task);
    list(board.leftOut());
  }

  private void task(TaskBoard task) {
    heading("### ", task.task());
    paragraph(task.rules());
    paragraph(BoardWords.before(task) + " " + BoardWords.times(task));
    if (!task.counts()) {
      paragraph(task.notCounted());
    }
    text.append(MarkdownTable.of(BoardTables.task(task)));
    text.append(MarkdownTable.captioned(BoardTables.evidence(task)));
    if (!task.others().isEmpty()) {
      text.append(MarkdownTable.captioned(BoardTables.others(task)));
    }
    if (!task.caveat().isEmpty()) {
      paragraph("Few seeds. " + task.caveat());
    }
  }

  private void heading(String level, String words) {
    text.append(level);
    paragraph(words);
  }

  private void paragraph(String words) {
    text.append(Escape.markdown(words)).append("\n\n");
  }

  private void list(List<String> sentences) {
    sentences.forEach(each -> text.append("- ").append(Escape.markdown(each)).append('\n'));
    text.append(sentences.isEmpty() ? "" : "\n");
  }
}
