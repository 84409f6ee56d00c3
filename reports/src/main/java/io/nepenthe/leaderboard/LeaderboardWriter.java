package io.nepenthe.leaderboard;

import io.nepenthe.files.AtomicFiles;
import io.nepenthe.files.Folders;
import io.nepenthe.json.Json;
import io.nepenthe.runstore.OwnFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;

/**
 * Writes boards into a folder: {@code leaderboard.json}, {@code leaderboard.md} and the
 * self-contained page {@code leaderboard.html}. Equal boards give equal bytes.
 */
public final class LeaderboardWriter {
  /** Name of the page. */
  public static final String PAGE = "leaderboard.html";

  private static final String DATA = "leaderboard.json";

  private LeaderboardWriter() {}

  /**
   * Does nothing if a folder is missing, empty, or of an earlier leaderboard.
   *
   * @throws io.nepenthe.protocol.NepentheException with IO if it holds anything else
   */
  public static void requireOwn(Path folder) {
    OwnFolder.require(
        folder,
        "leaderboard",
        "--out",
        place -> OwnFolder.saysSchema(place.resolve(DATA), "nepenthe-leaderboard"));
  }

  /**
   * Writes the files; each appears whole or not at all, and replaces the one before. The page comes
   * last.
   *
   * @param folder made if absent
   * @throws IOException if a file cannot be written
   */
  public static void write(Leaderboard leaderboard, Path folder) throws IOException {
    Objects.requireNonNull(leaderboard, "leaderboard is null");
    Folders.make(folder);
    AtomicFiles.write(folder.resolve(DATA), Json.pretty(leaderboard));
    AtomicFiles.write(folder.resolve("leaderboard.md"), LeaderboardMarkdown.of(leaderboard));
    AtomicFiles.write(folder.resolve(PAGE), LeaderboardPage.of(leaderboard));
  }
}
