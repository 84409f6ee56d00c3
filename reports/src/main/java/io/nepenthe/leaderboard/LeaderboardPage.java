package io.nepenthe.leaderboard;

import io.nepenthe.report.html.HtmlOutput;
import io.nepenthe.report.html.PageLink;
import io.nepenthe.report.view.MethodOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The page of all boards. Its template lays out what this class says. */
final class LeaderboardPage {
  private final Leaderboard leaderboard;
  private final @Nullable BoardSite site;

  private LeaderboardPage(Leaderboard leaderboard, @Nullable BoardSite site) {
    this.leaderboard = leaderboard;
    this.site = site;
  }

  static String of(Leaderboard leaderboard) {
    return new LeaderboardPage(leaderboard, null).html();
  }

  /** Returns the first page of a site. */
  static String of(Leaderboard leaderboard, BoardSite site) {
    return new LeaderboardPage(leaderboard, site).html();
  }

  private String html() {
    HtmlOutput output = HtmlOutput.create();
    JteleaderboardGenerated.render(output, null, this);
    return output.html();
  }

  @Nullable BoardSite site() {
    return site;
  }

  String title() {
    return site == null ? "Leaderboard" : site.title();
  }

  String lead() {
    return site == null
        ? "Methods that make language models forget memorized text, ranked on stored results."
        : site.description();
  }

  List<Board> boards() {
    return leaderboard.boards();
  }

  List<String> rules() {
    return leaderboard.rules();
  }

  /** Returns the id of a board's part, by the places of board and task. */
  static String id(int board, int task) {
    return "board-" + (board + 1) + "-" + (task + 1);
  }

  List<PageLink> contents() {
    List<PageLink> contents = new ArrayList<>();
    for (int i = 0; i < boards().size(); i++) {
      Board board = boards().get(i);
      contents.add(new PageLink("#board-" + (i + 1), board.title()));
      for (int k = 0; k < board.tasks().size(); k++) {
        contents.add(new PageLink("#" + id(i, k), board.tasks().get(k).task()));
      }
    }
    contents.add(new PageLink("#rules", "How methods are ranked"));
    return contents;
  }

  List<String> families() {
    return tasks()
        .flatMap(task -> task.entries().stream())
        .map(Entry::family)
        .distinct()
        .sorted()
        .map(MethodOrder::group)
        .toList();
  }

  List<String> taskNames() {
    return tasks().map(TaskBoard::task).distinct().sorted().toList();
  }

  private Stream<TaskBoard> tasks() {
    return boards().stream().flatMap(board -> board.tasks().stream());
  }
}
