package io.nepenthe.leaderboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.nepenthe.plugin.Family;
import io.nepenthe.report.Chromium;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page in the system's Chromium; skipped with a word where there is none. */
final class LeaderboardBrowserTest {
  /** Clicks and chooses as a reader would, and returns what it saw. */
  private static final String PROBE =
      """
      (() => {
      const seen = [];
      const table = document.querySelector("section[data-task] table");
      const methods = () => [...table.tBodies[0].rows].filter(row => !row.hidden)
        .map(row => row.querySelector(".range").textContent.split(" ")[0]).join(" ");
      const click = name => [...table.tHead.rows[0].cells]
        .find(cell => cell.textContent === name).firstElementChild.click();
      const check = (name, value) =>
        document.querySelector(`[name=${name}][value="${value}"]`).click();
      seen.push(methods());
      click("% Mem"); seen.push(methods());
      click("% Mem"); seen.push(methods());
      click("Method"); seen.push(methods());
      check("family", "Unlearning"); seen.push(methods());
      check("family", "Unlearning");
      check("task", "one");
      seen.push([...document.querySelectorAll("section[data-task]")]
        .filter(section => !section.hidden).map(section => section.dataset.task).join(" "));
      check("task", "one");
      const root = document.documentElement;
      seen.push(root.scrollWidth - root.clientWidth);
      seen.push(window.attacked === undefined);
      return seen.join("\\n");
      })()""";

  @TempDir private Path folder;

  private Path page() throws IOException {
    MadeRun run =
        new MadeRun()
            .suffix(" <img src=x onerror=window.attacked=1>" + "long".repeat(40))
            .method("one", "b", MadeRun.rising(10), List.of(90.0, 90.0, 90.0))
            .method("one", "c", 40, 90)
            .method("one", "a", 70, 90)
            .method("one", "n", Family.CONTROL, List.of(80), List.of(90.0))
            .failed("one", "f", "it threw")
            .method("two", "a", 8, 90);
    LeaderboardWriter.write(Leaderboard.of(List.of(run.run())), folder);
    return folder.resolve(LeaderboardWriter.PAGE);
  }

  /** Opens the page in a window as wide as a telephone. */
  private Chromium shown() throws Exception {
    assumeTrue(
        Chromium.program().isPresent(), "no Chromium here: the page was not tried in a browser");
    Path page = page();
    Chromium browser = Chromium.open(folder.resolve("profile"));
    browser.show(page, 390, "light");
    return browser;
  }

  @Test
  void itsOwnScriptRunsUnderItsOwnPolicy() throws Exception {
    try (Chromium browser = shown()) {
      assertEquals(
          "5 of 5 methods shown",
          browser.evaluate("document.querySelector('output').value").asText());
      assertEquals(false, browser.evaluate("document.getElementById('filter').hidden").asBoolean());
    }
  }

  @Test
  void sortsAndFiltersAndFitsATelephone() throws Exception {
    try (Chromium browser = shown()) {
      assertEquals(
          List.of("b c a f n", "b c a n f", "n a c b f", "a b c f n", "n", "two", "0", "true"),
          browser.evaluate(PROBE).asText().lines().toList());
    }
  }

  /** Returns what has to be moved sideways to be read: tables, and texts of one width. */
  private static String wide(Chromium browser, String parts) throws Exception {
    return browser
        .evaluate(
            """
            document.querySelectorAll("details").forEach(each => each.open = true);
            [...document.querySelectorAll("%s")].filter(each => each.scrollWidth > each.clientWidth)
              .map(each => each.ariaLabel + " " + each.scrollWidth).join("; ")"""
                .formatted(parts))
        .asText();
  }

  @Test
  void aBoardFitsADeskAndItsHashesFitATelephone() throws Exception {
    assumeTrue(
        Chromium.program().isPresent(), "no Chromium here: the page was not tried in a browser");
    BoardSiteTest.two().write(folder);
    Path entry;
    try (Stream<Path> entries = Files.list(folder.resolve("entries"))) {
      entry = entries.findFirst().orElseThrow();
    }
    try (Chromium browser = Chromium.open(folder.resolve("profile"))) {
      browser.show(folder.resolve("index.html"), 1400, "light");
      assertEquals("", wide(browser, ".scroll"));
      browser.show(entry, 1400, "light");
      assertEquals("", wide(browser, ".scroll, pre"));
      browser.show(entry, 390, "light");
      assertEquals("", wide(browser, "#facts .scroll, pre"));
    }
  }
}
