package io.nepenthe.leaderboard;

import io.nepenthe.files.AtomicFiles;
import io.nepenthe.files.Folders;
import io.nepenthe.json.Json;
import io.nepenthe.report.OwnedFiles;
import io.nepenthe.report.view.Cell;
import io.nepenthe.report.view.Table;
import io.nepenthe.report.view.Table.Column;
import io.nepenthe.report.view.Table.Row;
import io.nepenthe.runstore.OwnFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A board of archives as a site of static pages, made from nothing but its definition and its
 * archives: equal folders give equal bytes.
 */
public final class BoardSite {
  private static final String KIND = "board";

  private final BoardDefinition definition;
  private final List<BoardArchive> archives;
  private final Terms terms;
  private final Leaderboard leaderboard;

  /**
   * Ranks.
   *
   * @param archives in the order in which the definition lists them
   * @param known ids that belong to certain jars, those that the definition adds left out
   * @param seeds that an entry must have
   */
  public BoardSite(
      BoardDefinition definition, List<BoardArchive> archives, KnownJars known, Set<Long> seeds) {
    this.definition = definition;
    this.archives = List.copyOf(archives);
    Map<String, Set<String>> further = new TreeMap<>();
    definition.jars().forEach((id, jars) -> further.put(id, Set.copyOf(jars)));
    this.terms = new Terms(known.and(further), seeds, true);
    this.leaderboard = leaderboard(archives.size());
  }

  /** Returns the leaderboard of the first so many archives. */
  private Leaderboard leaderboard(int first) {
    return Leaderboard.of(
        archives.subList(0, first).stream()
            .map(archive -> archive.submission(definition.tier()))
            .flatMap(Optional::stream)
            .toList(),
        terms);
  }

  /** Returns the leaderboard of all archives. */
  public Leaderboard leaderboard() {
    return leaderboard;
  }

  /** Returns a sentence for each archive of which nothing takes a place. */
  public List<String> refusals() {
    return archives.stream()
        .filter(archive -> !archive.why(definition.tier()).isEmpty())
        .map(archive -> archive.file() + ": " + String.join("; ", archive.why(definition.tier())))
        .toList();
  }

  /**
   * Does nothing if a folder is missing, empty, or of an earlier board.
   *
   * @throws io.nepenthe.protocol.NepentheException with IO if it holds anything else
   */
  public static void requireOwn(Path folder) {
    OwnFolder.require(folder, KIND, "--out", place -> OwnedFiles.areIn(place, KIND));
  }

  /**
   * Writes the site; each file appears whole or not at all, and what an earlier one had and this
   * has not is deleted.
   *
   * @throws IOException if a file cannot be written
   */
  public void write(Path folder) throws IOException {
    SortedMap<String, String> files = files();
    Folders.make(folder);
    OwnedFiles owned = new OwnedFiles(folder, KIND);
    owned.claim(List.copyOf(files.keySet()));
    for (Map.Entry<String, String> file : files.entrySet()) {
      Path place = folder.resolve(file.getKey());
      Folders.make(place.getParent());
      AtomicFiles.write(place, file.getValue());
    }
    owned.keepOnly(List.copyOf(files.keySet()));
  }

  /** Returns the content of every file, by its path in the site. */
  SortedMap<String, String> files() {
    SortedMap<String, String> files = new TreeMap<>();
    files.put("index.html", LeaderboardPage.of(leaderboard, this));
    files.put("leaderboard.json", Json.pretty(leaderboard));
    files.put("leaderboard.md", LeaderboardMarkdown.of(leaderboard));
    files.put(
        "changes.html",
        new ChangesPage(
                definition.title(), PlaceHistory.of(archives, definition.tier(), this::leaderboard))
            .html());
    for (EntryPage page : pages()) {
      files.put("entries/" + page.name() + ".html", page.html());
      files.put("badges/" + page.name() + ".svg", page.badge());
    }
    return files;
  }

  private List<EntryPage> pages() {
    Map<String, List<EntryPage.OnTask>> byEntry = new LinkedHashMap<>();
    for (Board board : leaderboard.boards()) {
      for (TaskBoard task : board.tasks()) {
        for (Entry entry : task.entries()) {
          byEntry
              .computeIfAbsent(
                  EntryPage.name(entry.method(), entry.version(), entry.jar()),
                  name -> new ArrayList<>())
              .add(new EntryPage.OnTask(board, task, entry));
        }
      }
    }
    return byEntry.values().stream()
        .map(
            tasks ->
                new EntryPage(
                    definition.title(), archive(tasks.get(0).entry().submission()), tasks))
        .toList();
  }

  private BoardArchive archive(String file) {
    return archives.stream().filter(each -> each.file().equals(file)).findFirst().orElseThrow();
  }

  String title() {
    return definition.title();
  }

  String description() {
    String said = definition.description();
    return said == null
        ? "Methods that make language models forget memorized text, ranked on submitted results."
        : said;
  }

  Table archives() {
    List<Row> rows = new ArrayList<>();
    for (BoardArchive archive : archives) {
      List<String> why = archive.why(definition.tier());
      rows.add(
          Row.of(
              Cell.text(archive.file()),
              List.of(
                  Cell.text(archive.date()),
                  Cell.prose(archive.author()),
                  Cell.text(archive.signer().isEmpty() ? "" : "yes"),
                  Cell.text(archive.tier().id()),
                  Cell.prose(why.isEmpty() ? "" : "not placed: " + String.join("; ", why)),
                  Cell.code(Standing.brief(archive.sha256())).shortened(archive.sha256()))));
    }
    return Table.of(
            "Archives, in the order in which they came",
            Table.Order.SORTABLE,
            List.of(
                Column.text("Archive"),
                Column.text("Date"),
                Column.text("Author"),
                Column.text("Signed"),
                Column.text("Tier"),
                Column.text("Note"),
                Column.text("SHA-256")),
            rows)
        .withoutEmptyColumns();
  }
}
