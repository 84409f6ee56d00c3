package io.nepenthe.leaderboard;

import io.nepenthe.report.html.HtmlOutput;
import java.util.List;

/**
 * The page of how places changed.
 *
 * @param board title of the site
 * @param days the latest first
 */
record ChangesPage(String board, List<PlaceHistory.Day> days) {
  ChangesPage {
    days = List.copyOf(days);
  }

  String html() {
    HtmlOutput output = HtmlOutput.create();
    JtechangesGenerated.render(output, null, this);
    return output.html();
  }
}
