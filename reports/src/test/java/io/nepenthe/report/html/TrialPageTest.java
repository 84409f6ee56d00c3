package io.nepenthe.report.html;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nepenthe.report.RunFixture;
import io.nepenthe.report.view.MethodView;
import io.nepenthe.report.view.ReportModel;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

final class TrialPageTest {
  private static final Path HOME = Path.of("place");
  private final ReportModel report = ReportModel.of(RunFixture.run());

  private String page(String id) {
    MethodView method =
        report.methods().stream().filter(each -> each.id().equals(id)).findFirst().orElseThrow();
    ResultLinks files =
        new ResultLinks(HOME.resolve("out/trials"), trial -> HOME.resolve("run of " + id));
    return TrialPage.of(report, RunFixture.MATH, method, files);
  }

  private static void has(String page, String part) {
    assertTrue(page.contains(part), part);
  }

  @Test
  void listsTheTrialsOfEachSeed() {
    String page = page("durable");
    assertEquals(
        List.of("Seed 0", "Seed 1", "Seed 3", "Provenance"),
        Pattern.compile("<h2[^>]*>([^<]*)")
            .matcher(page)
            .results()
            .map((MatchResult found) -> found.group(1))
            .toList());
    has(page, "3 of 4 trials valid.");
    has(page, "45.00 → 12.00");
    has(page, "chosen");
    has(page, "failed: OutOfMemoryError: heap | 100% &lt;full&gt;");
  }

  @Test
  void givesTheCommandThatRepeatsThem() {
    has(
        page("durable"),
        "<code>./nepenthe run RUN --tasks math-noise --methods durable --seeds 3</code>");
    has(page("durable"), "RUN is the folder of the run");
    has(page("original"), "<code>./nepenthe train RUN --task math-noise --seed 0</code>");
  }

  @Test
  void linksEachTrialToItsFileAndItsMachine() {
    String page = page("durable");
    has(page, "href=\"../../run%20of%20durable/trials/math-noise-durable-3-failed.json\"");
    has(page, "<a href=\"#provenance\">1</a>");
    has(page, "<th scope=\"col\">Machine 1</th>");
    has(page("original"), "href=\"../../run%20of%20original/originals/math-noise-0.json\"");
  }
}
