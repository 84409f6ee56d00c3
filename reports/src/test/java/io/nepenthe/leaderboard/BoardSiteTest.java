package io.nepenthe.leaderboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nepenthe.protocol.ContentHash;
import io.nepenthe.protocol.NepentheException;
import io.nepenthe.summary.StoredRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A site of archives: score is M - A, of 80 memorized rows before. */
final class BoardSiteTest {
  private static final Set<Long> SEEDS = Set.of(0L, 1L, 2L);
  private static final String HASH = "0".repeat(64);
  private static final List<Double> SAME = List.of(90.0, 90.0, 90.0);
  private static final BoardDefinition DEFINITION =
      new BoardDefinition(
          BoardDefinition.SCHEMA, "<Ours>", null, List.of("made"), null, null, null, null, null);

  @TempDir private Path folder;

  private static BoardArchive archive(String file, String date, Tier tier, StoredRun run) {
    return new BoardArchive(
        file,
        date,
        HASH,
        new BoardArchive.Statement("A. & B.", "a@example.org", "MIT", null, "https://example.org"),
        "",
        List.of(),
        run,
        tier,
        "by Nepenthe 0.1.0 on P",
        null,
        List.of());
  }

  private static StoredRun run(String method, int memorized) {
    return run(method, MadeRun.rising(memorized));
  }

  private static StoredRun run(String method, List<Integer> memorized) {
    return new MadeRun().method("math", method, memorized, SAME).run();
  }

  private static BoardSite site(BoardArchive... archives) {
    return site(KnownJars.NONE, SEEDS, archives);
  }

  private static BoardSite site(KnownJars known, Set<Long> seeds, BoardArchive... archives) {
    return new BoardSite(DEFINITION, List.of(archives), known, seeds);
  }

  /** Returns a site of two archives. */
  static BoardSite two() {
    return site(
        archive("a.nepenthe", "2026-01-01", Tier.CHECKED, run("first", 70)),
        archive("b.nepenthe", "2026-02-01", Tier.RE_RUN, run("second", List.of(8, 8, 8))));
  }

  private static Entry only(BoardSite site) {
    List<Entry> entries = site.leaderboard().boards().get(0).tasks().get(0).entries();
    assertEquals(1, entries.size());
    return entries.get(0);
  }

  private static String content(BoardSite site, String pattern) {
    SortedMap<String, String> files = site.files();
    return files.get(files.keySet().stream().filter(n -> n.matches(pattern)).findFirst().get());
  }

  @Test
  void everyEntryHasItsPageAndItsBadgeAndLinksLead() {
    SortedMap<String, String> files = two().files();
    String jar = Standing.brief(ContentHash.of("jar"));
    assertEquals(
        List.of(
            "badges/first-0.1.0-%s.svg".formatted(jar),
            "badges/second-0.1.0-%s.svg".formatted(jar),
            "changes.html",
            "entries/first-0.1.0-%s.html".formatted(jar),
            "entries/second-0.1.0-%s.html".formatted(jar),
            "index.html",
            "leaderboard.json",
            "leaderboard.md"),
        List.copyOf(files.keySet()));
    assertTrue(files.get("index.html").contains("href=\"entries/first-0.1.0-" + jar + ".html\""));
    String page = content(two(), "entries/second.*");
    assertTrue(page.contains("A. &amp; B.") && page.contains("re-run, by Nepenthe 0.1.0 on P"));
    assertTrue(page.contains("href=\"https://example.org\""), page);
  }

  @Test
  void aBadgeTellsPlaceAndTier() {
    String badge = content(two(), "badges/second.*");
    assertTrue(badge.contains("<title>&#60;Ours&#62;: place 1 on math</title>"), badge);
    assertTrue(badge.contains("#24793f"), badge);
  }

  @Test
  void changesTellWhoTookWhosePlace() {
    String page = content(two(), "changes.html");
    assertTrue(page.contains("math: second 0.1.0 takes place 1"), page);
    assertTrue(page.contains("math: first 0.1.0 falls from place 1 to 2"), page);
    assertTrue(page.indexOf("2026-02-01") < page.indexOf("2026-01-01"), page);
  }

  @Test
  void writesTheSameBytesAndNothingOverFilesOfOthers() throws IOException {
    two().write(folder.resolve("a"));
    two().write(folder.resolve("b"));
    site(archive("a.nepenthe", "2026-01-01", Tier.CHECKED, run("first", 70)))
        .write(folder.resolve("b"));
    two().write(folder.resolve("b"));
    try (Stream<Path> files = Files.walk(folder.resolve("a"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path other = folder.resolve("b").resolve(folder.resolve("a").relativize(file));
        assertEquals(-1, Files.mismatch(file, other), file.toString());
      }
    }
    BoardSite.requireOwn(folder.resolve("a"));
    assertThrows(NepentheException.class, () -> BoardSite.requireOwn(folder));
  }

  @Test
  void anArchiveBelowTheTierIsListedWithTheReason() {
    BoardSite site = site(archive("a.nepenthe", "2026-01-01", Tier.UNCHECKED, run("first", 8)));
    String why = "it is unchecked, this board asks for checked";
    assertEquals(List.of("a.nepenthe: " + why), site.refusals());
    assertTrue(content(site, "index.html").contains("not placed: " + why));
    assertFalse(content(site, "index.html").contains("Overall</h3>"));
  }

  @Test
  void whoLacksASeedTakesNoPlace() {
    Entry entry =
        only(
            site(
                KnownJars.NONE,
                Set.of(0L, 1L, 2L, 3L),
                archive("a.nepenthe", "2026-01-01", Tier.CHECKED, run("first", 8))));
    assertNull(entry.place());
    assertTrue(entry.notPlaced().toString().contains("3"), entry.notPlaced().toString());
  }

  @Test
  void aShippedIdBelongsToTheShippedJar() {
    Entry entry =
        only(
            site(
                new KnownJars(Map.of("act", Set.of(HASH))),
                SEEDS,
                archive("a.nepenthe", "2026-01-01", Tier.RE_RUN, run("act", 8))));
    assertNull(entry.place());
    assertTrue(
        entry.notPlaced().get(0).startsWith("the id act belongs to another jar"),
        entry.notPlaced().toString());
  }

  @Test
  void whatCannotBeReadIsListed() {
    BoardSite site =
        site(
            BoardArchive.unreadable(
                new BoardDefinition.Listed("a.nepenthe", "2026-01-01", HASH, null), "torn"));
    assertEquals(List.of("a.nepenthe: torn"), site.refusals());
    assertTrue(content(site, "index.html").contains("not placed: torn"));
    assertTrue(content(site, "changes.html").contains("a.nepenthe: not placed, torn"));
  }
}
