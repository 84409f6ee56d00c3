package io.nepenthe.leaderboard;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.nepenthe.json.Json;
import io.nepenthe.plugin.Family;
import io.nepenthe.summary.StoredRun;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LeaderboardWriterTest {
  private static final String HOSTILE = "<script>alert(1)</script> \"q\" | [x](y) *z*";
  private static final Set<String> NAMES =
      Set.of("leaderboard.html", "leaderboard.json", "leaderboard.md");

  @TempDir private Path folder;

  private static StoredRun hostile() {
    return new MadeRun()
        .suffix(HOSTILE)
        .method("math", "good", 4, 60)
        .method("math", "broken", List.of(8, 9), List.of(90.0, 90.0))
        .failed("math", "failed", HOSTILE)
        .method("language", "good", 8, Double.POSITIVE_INFINITY)
        .method("math", "nothing", Family.CONTROL, List.of(80), List.of(90.0))
        .run();
  }

  private Path write(StoredRun... runs) throws IOException {
    LeaderboardWriter.write(Leaderboard.of(List.of(runs)), folder);
    return folder;
  }

  private String read(String name) throws IOException {
    return Files.readString(folder.resolve(name));
  }

  private static List<String> all(String pattern, String text) {
    return Pattern.compile(pattern).matcher(text).results().map(MatchResult::group).toList();
  }

  @Test
  void writesThreeFilesTheSameEachTime() throws IOException {
    StoredRun other = new MadeRun().method("math", "more", 10, 88).run();
    write(hostile(), other);
    for (String name : NAMES) {
      byte[] before = Files.readAllBytes(folder.resolve(name));
      write(other, hostile());
      assertArrayEquals(before, Files.readAllBytes(folder.resolve(name)), name);
    }
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(NAMES.size(), files.count());
    }
  }

  @Test
  void theJsonFollowsItsSchema() throws IOException {
    write(hostile());
    try (InputStream schema = Leaderboard.class.getResourceAsStream("leaderboard-3.schema.json")) {
      assertEquals(
          Set.of(),
          JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
              .getSchema(schema)
              .validate(Json.mapper().readTree(read("leaderboard.json"))));
    }
  }

  @Test
  void thePageEscapesWhatPluginsSay() throws IOException {
    write(hostile());
    String page = read(LeaderboardWriter.PAGE);
    assertEquals(1, all("<script", page).size(), "only the page's own");
    assertTrue(page.contains("good&lt;script&gt;alert(1)&lt;/script&gt; \"q\""));
    String markdown = read("leaderboard.md");
    assertFalse(markdown.contains("<script"));
    assertTrue(markdown.contains("\\| \\[x\\](y) \\*z\\*"), markdown);
  }

  @Test
  void thePageNeedsNothingFromOutside() throws IOException {
    write(hostile());
    String page = read(LeaderboardWriter.PAGE);
    assertEquals(List.of(), all("(\\ssrc=|@import|url\\()[^>]{0,40}", page));
    assertEquals(List.of(), all("href=\"(?!#)[^\"]*\"", page));
    assertFalse(page.contains("innerHTML"));
  }

  @Test
  void thePageIsMarkedUpForReadersWhoDoNotSee() throws IOException {
    write(hostile());
    String page = read(LeaderboardWriter.PAGE);
    assertEquals(all("<table", page).size(), all("<caption", page).size());
    assertEquals(List.of(), all("<th>", page));
    assertEquals(all("<input", page).size(), all("<label", page).size());
    List<String> ids = all("\\sid=\"[^\"]*\"", page);
    assertEquals(ids.stream().distinct().toList(), ids);
  }

  @Test
  void markdownTellsPlacesControlsAndMarks() throws IOException {
    write(hostile());
    String markdown = read("leaderboard.md");
    assertTrue(markdown.contains("over-unlearned: accuracy fell by 33.3 %"), markdown);
    assertTrue(markdown.contains("| control |"), markdown);
    assertTrue(markdown.contains("| failed"), markdown);
    assertTrue(markdown.contains("### Overall"), markdown);
  }

  @Test
  void callsFamiliesAsAReportDoes() throws IOException {
    write(hostile());
    assertTrue(read(LeaderboardWriter.PAGE).contains("data-family=\"Controls\""));
    assertTrue(read("leaderboard.md").contains("| Unlearning |"), read("leaderboard.md"));
  }

  @Test
  void leavesOutColumnsThatHoldNothing() throws IOException {
    write(new MadeRun().method("math", "a", List.of(8), List.of(90.0)).run());
    assertTrue(read(LeaderboardWriter.PAGE).contains("<th scope=\"col\">Family</th>"));
    assertFalse(read(LeaderboardWriter.PAGE).contains("<th scope=\"col\">Note</th>"));
    assertTrue(read("leaderboard.md").contains("| Acc (%) | Time (s) |\n"), read("leaderboard.md"));
  }

  @Test
  void saysThatNothingIsStored() throws IOException {
    write(new MadeRun().run());
    assertTrue(read("leaderboard.md").contains("No trial is stored."));
    assertTrue(read(LeaderboardWriter.PAGE).contains("No trial is stored."));
  }
}
