package io.nepenthe.leaderboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.nepenthe.plugin.Family;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page in the system's Chromium; skipped with a word where there is none. */
final class LeaderboardBrowserTest {
  private static final long TIMEOUT_SECONDS = 60;

  /** Clicks and chooses as a reader would, then leaves what it saw as the page's only text. */
  private static final String PROBE =
      """
      <script>
      const seen = [];
      const table = document.querySelector("section.task table");
      const methods = () => [...table.tBodies[0].rows].filter(row => !row.hidden)
        .map(row => row.querySelector(".id").textContent.split(" ")[0]).join(" ");
      const click = name => [...table.tHead.rows[0].cells]
        .find(cell => cell.textContent === name).firstElementChild.click();
      const choose = (id, value) => {
        document.getElementById(id).value = value;
        document.getElementById(id).dispatchEvent(new Event("change", {bubbles: true}));
      };
      seen.push(methods());
      click("% Mem"); seen.push(methods());
      click("% Mem"); seen.push(methods());
      click("Method"); seen.push(methods());
      choose("family", "control"); seen.push(methods());
      choose("family", "");
      choose("task", "two");
      seen.push([...document.querySelectorAll("section.task")]
        .filter(section => !section.hidden).map(section => section.dataset.task).join(" "));
      choose("task", "");
      document.body.style.width = "390px";
      seen.push(document.querySelector("main").scrollWidth);
      seen.push(window.attacked === undefined);
      document.body.innerHTML = "<pre></pre>";
      document.querySelector("pre").textContent = seen.join("\\n");
      </script></body>""";

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

  @Test
  void itsOwnScriptRunsUnderItsOwnPolicy() throws IOException, InterruptedException {
    String dom = dom(page());
    assertTrue(dom.contains("<form id=\"filters\" class=\"filters\">"), "the script shows it");
    assertTrue(dom.contains("role=\"status\">6 rows shown<"), "and counts the rows");
  }

  @Test
  void sortsAndFiltersAndFitsATelephone() throws IOException, InterruptedException {
    Path page = page();
    String open = Files.readString(page).replaceFirst("<meta http-equiv[^>]*>", "");
    Path probe = folder.resolve("probe.html");
    Files.writeString(probe, open.replace("</body>", PROBE));
    String dom = dom(probe);
    assertFalse(dom.indexOf("<pre>") < 0, dom);
    assertEquals(
        List.of("b c a f n", "b c a n f", "n a c b f", "a b c f n", "n", "two", "390", "true"),
        dom.substring(dom.indexOf("<pre>") + "<pre>".length(), dom.indexOf("</pre>"))
            .lines()
            .toList());
  }

  private String dom(Path page) throws IOException, InterruptedException {
    Optional<String> browser = browser();
    assumeTrue(browser.isPresent(), "no chromium on the PATH: the page was not tried in a browser");
    List<String> command = new ArrayList<>(List.of(browser.get()));
    command.addAll(
        List.of(
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--user-data-dir=" + folder.resolve("profile"),
            "--dump-dom",
            page.toUri().toString()));
    Path out = folder.resolve("dom.html");
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    boolean ended = process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    process.destroyForcibly();
    assertTrue(ended, "Chromium did not end");
    return Files.readString(out);
  }

  private static Optional<String> browser() {
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    return Stream.of("chromium", "chromium-browser", "google-chrome")
        .flatMap(
            name ->
                Arrays.stream(path.split(File.pathSeparator, -1))
                    .map(place -> new File(place, name)))
        .filter(File::canExecute)
        .map(File::getPath)
        .findFirst();
  }
}
