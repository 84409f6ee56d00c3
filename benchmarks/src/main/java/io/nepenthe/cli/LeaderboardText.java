package io.nepenthe.cli;

import io.nepenthe.leaderboard.Board;
import io.nepenthe.leaderboard.Entry;
import io.nepenthe.leaderboard.Leaderboard;
import io.nepenthe.leaderboard.OverallEntry;
import io.nepenthe.leaderboard.TaskBoard;
import io.nepenthe.leaderboard.Value;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The boards as plain text, for a terminal: places only. */
final class LeaderboardText {
  private final StringBuilder text = new StringBuilder();

  private LeaderboardText() {}

  static String of(Leaderboard leaderboard) {
    LeaderboardText text = new LeaderboardText();
    leaderboard.boards().forEach(text::board);
    return text.text.toString();
  }

  private void board(Board board) {
    line("protocol %s, %s fidelity", board.protocol(), board.fidelity().id());
    if (!board.overall().isEmpty()) {
      line("%noverall, by mean rank over %d tasks", board.counted());
      for (OverallEntry entry : board.overall()) {
        row(Integer.toString(entry.place()), entry.name(), mean(entry.rank(), 2), "");
      }
    }
    board.tasks().forEach(this::task);
    line("");
  }

  private void task(TaskBoard task) {
    line("%n%s, by mean score", task.task());
    if (!task.counts()) {
      line("%s", task.notCounted());
    }
    for (Entry entry : task.entries()) {
      row(
          entry.place() == null ? "-" : entry.place().toString(),
          entry.name(),
          mean(entry.score(), 3),
          entry.overUnlearned() ? "  over-unlearned" : "");
    }
  }

  private void row(String place, String name, String number, String mark) {
    line("%3s  %-30s %9s%s", place, name, number, mark);
  }

  private static String mean(@Nullable Value value, int decimals) {
    return value == null || value.mean() == null
        ? "-"
        : String.format(Locale.ROOT, "%." + decimals + "f", Objects.requireNonNull(value.mean()));
  }

  private void line(String format, Object... values) {
    text.append(String.format(Locale.ROOT, format, values)).append(System.lineSeparator());
  }
}
