package io.nepenthe.leaderboard;

import io.nepenthe.report.html.Html;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * The page: one file that needs nothing else, in light and dark. Only its own script may run: the
 * page's policy names the script's hash.
 */
final class LeaderboardPage {
  private static final String REPORT_STYLE = "/io/nepenthe/report/html/report.css";

  private LeaderboardPage() {}

  static String of(Leaderboard leaderboard) {
    String script = resource("leaderboard.js");
    return """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; \
        style-src 'unsafe-inline'; script-src 'sha256-"""
        + sha256(script)
        + "'\">\n<title>Nepenthe: leaderboard</title>\n<style>\n"
        + resource(REPORT_STYLE)
        + resource("leaderboard.css")
        + "</style>\n</head>\n<body>\n<main>\n"
        + "<header>\n<p class=\"kicker\">Nepenthe</p>\n<h1>Leaderboard</h1>\n"
        + "<p class=\"lead\">Methods that make language models forget memorized text, ranked on"
        + " stored results. <a href=\"#rules\">How methods are ranked</a></p>\n</header>\n"
        + filters(leaderboard)
        + leaderboard.boards().stream().map(HtmlBoard::of).collect(Collectors.joining())
        + (leaderboard.boards().isEmpty() ? "<p>No trial is stored.</p>\n" : "")
        + "<section aria-labelledby=\"rules\">\n<h2 id=\"rules\">How methods are ranked</h2>\n"
        + HtmlBoard.list(leaderboard.rules())
        + "</section>\n</main>\n<script>"
        + script
        + "</script>\n</body>\n</html>\n";
  }

  /** Without scripts nothing can be filtered: the script shows the form. */
  private static String filters(Leaderboard leaderboard) {
    List<String> families =
        leaderboard.boards().stream()
            .flatMap(board -> board.tasks().stream())
            .flatMap(task -> task.entries().stream())
            .map(Entry::family)
            .distinct()
            .sorted()
            .map(
                family ->
                    "<option value=\"%s\">%s</option>"
                        .formatted(family.id(), Html.text(Print.family(family))))
            .toList();
    List<String> tasks =
        leaderboard.boards().stream()
            .flatMap(board -> board.tasks().stream())
            .map(task -> Html.text(task.task()))
            .distinct()
            .sorted()
            .map(task -> "<option value=\"%s\">%s</option>".formatted(task, task))
            .toList();
    return families.isEmpty()
        ? ""
        : "<form id=\"filters\" class=\"filters\" hidden>\n"
            + select("family", "Family", "all families", families)
            + select("task", "Task", "all tasks", tasks)
            + "<p>Places stay those among all methods.</p>\n"
            + "<p id=\"shown\" class=\"unseen\" role=\"status\"></p>\n</form>\n";
  }

  private static String select(String id, String label, String all, List<String> options) {
    return "<label>%s <select id=\"%s\"><option value=\"\">%s</option>%s</select></label>\n"
        .formatted(label, id, all, String.join("", options));
  }

  private static String resource(String name) {
    try (InputStream file = LeaderboardPage.class.getResourceAsStream(name)) {
      Objects.requireNonNull(file, () -> name + " is not beside LeaderboardPage");
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(name + " cannot be read", e);
    }
  }

  private static String sha256(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
