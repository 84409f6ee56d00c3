package io.nepenthe.leaderboard;

import io.nepenthe.plugin.Family;
import io.nepenthe.report.text.Escape;
import io.nepenthe.report.view.Numbers;
import io.nepenthe.report.view.RankingRow;
import io.nepenthe.summary.MeasuredTimes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

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
      overall(board);
    }
    board.tasks().forEach(this::task);
    list(board.leftOut());
  }

  private void overall(Board board) {
    List<List<String>> rows = new ArrayList<>();
    for (OverallEntry entry : board.overall()) {
      rows.add(
          List.of(
              Integer.toString(entry.place()),
              entry.name(),
              Print.family(entry.family()),
              withInterval(entry.rank(), 2),
              entry.tasks() + " of " + board.tasks().size(),
              String.join(", ", entry.overUnlearned())));
    }
    table(List.of("Place", "Method", "Family", "Mean rank", "Tasks", "Over-unlearned on"), rows);
  }

  private void task(TaskBoard task) {
    heading("### ", task.task());
    paragraph(task.rules());
    paragraph(Print.before(task) + " " + Print.times(task));
    List<List<String>> rows = new ArrayList<>();
    for (Entry entry : task.entries()) {
      rows.add(
          List.of(
              entry.place() == null
                  ? entry.family() == Family.CONTROL ? "control" : Numbers.MISSING
                  : entry.place().toString(),
              entry.tieGroup() == null ? Numbers.MISSING : RankingRow.letter(entry.tieGroup()),
              entry.name(),
              Print.family(entry.family()),
              withInterval(entry.score(), 3),
              withInterval(entry.memorizedPercent(), 2),
              withInterval(task.hasAccuracy() ? entry.accuracyPercent() : entry.perplexity(), 2),
              Print.mean(entry.seconds(), Print.secondsDecimals(entry.seconds()))
                  + (MeasuredTimes.SWEEP.equals(entry.secondsSource()) ? " †" : ""),
              Integer.toString(entry.seeds().size()),
              String.join("; ", entry.notes())));
    }
    table(
        List.of(
            "Place",
            "Tie group",
            "Method",
            "Family",
            "Score",
            "% Mem",
            task.hasAccuracy() ? "Acc (%)" : "Perplexity",
            "Time (s)",
            "Seeds",
            "Note"),
        rows);
    if (!task.caveat().isEmpty()) {
      paragraph("Few seeds. " + task.caveat());
    }
  }

  private static String withInterval(@Nullable Value value, int decimals) {
    String interval = Print.interval(value, decimals);
    return Print.mean(value, decimals) + (interval.isEmpty() ? "" : " (" + interval + ")");
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

  /** Adds a table; a column in which no row has anything is left out. */
  private void table(List<String> headings, List<List<String>> rows) {
    int[] columns =
        IntStream.range(0, headings.size())
            .filter(
                column ->
                    rows.stream()
                        .map(row -> row.get(column))
                        .anyMatch(cell -> !cell.isEmpty() && !cell.equals(Numbers.MISSING)))
            .toArray();
    line(columns, headings);
    line(columns, Collections.nCopies(headings.size(), "---"));
    rows.forEach(row -> line(columns, row.stream().map(Escape::markdown).toList()));
    text.append('\n');
  }

  private void line(int[] columns, List<String> cells) {
    text.append(
        IntStream.of(columns)
            .mapToObj(cells::get)
            .collect(Collectors.joining(" | ", "| ", " |\n")));
  }
}
