package io.nepenthe.leaderboard;

import io.nepenthe.files.AtomicFiles;
import io.nepenthe.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/**
 * Writes boards into a folder: {@code leaderboard.json}, {@code leaderboard.md} and the
 * self-contained page {@code leaderboard.html}. Equal boards give equal bytes.
 */
public final class LeaderboardWriter {
  /** Name of the page. */
  public static final String PAGE = "leaderboard.html";

  private LeaderboardWriter() {}

  /**
   * Writes the files; each appears whole or not at all, and replaces the one before. The page comes
   * last.
   *
   * @param folder made if absent
   * @throws IOException if a file cannot be written
   */
  public static void write(Leaderboard leaderboard, Path folder) throws IOException {
    Objects.requireNonNull(leaderboard, "leaderboard is null");
    Files.createDirectories(folder);
    AtomicFiles.write(folder.resolve("leaderboard.json"), Json.pretty(leaderboard));
    AtomicFiles.write(folder.resolve("leaderboard.md"), LeaderboardMarkdown.of(leaderboard));
    AtomicFiles.write(folder.resolve(PAGE), LeaderboardPage.of(leaderboard));
  }
}
