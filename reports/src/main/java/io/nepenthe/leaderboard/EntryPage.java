package io.nepenthe.leaderboard;

import io.nepenthe.metric.Metrics;
import io.nepenthe.plugin.MethodDescriptor;
import io.nepenthe.provenance.SandboxUse;
import io.nepenthe.report.html.HtmlOutput;
import io.nepenthe.report.view.Cell;
import io.nepenthe.report.view.MethodOrder;
import io.nepenthe.report.view.Table;
import io.nepenthe.report.view.Table.Column;
import io.nepenthe.report.view.Table.Row;
import io.nepenthe.runstore.RunMethod;
import io.nepenthe.selection.Exclusion;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The page of one entry: whose it is, what was measured, on what, and how to repeat it. */
final class EntryPage {
  private static final String FOLDER = "entries/";

  private final String board;
  private final BoardArchive archive;
  private final List<OnTask> tasks;
  private final Entry entry;

  /**
   * What it is on one task.
   *
   * @param board title of the board that the task is of
   * @param task the ranking
   * @param entry its line there
   */
  record OnTask(Board board, TaskBoard task, Entry entry) {}

  /**
   * Makes a page.
   *
   * @param board title of the site
   * @param archive that the result is of
   * @param tasks at least one
   */
  EntryPage(String board, BoardArchive archive, List<OnTask> tasks) {
    this.board = board;
    this.archive = archive;
    this.tasks = List.copyOf(tasks);
    this.entry = tasks.get(0).entry();
  }

  /** Returns where the page of an entry lies in the site; empty if it has none. */
  static String address(String submission, String method, String version, String jar) {
    return submission.isEmpty() ? "" : FOLDER + name(method, version, jar) + ".html";
  }

  /** Returns what the files of an entry are called. */
  static String name(String method, String version, String jar) {
    return (method + "-" + version + "-" + Standing.brief(jar)).replaceAll("[^A-Za-z0-9._-]", "_");
  }

  String name() {
    return name(entry.method(), entry.version(), entry.jar());
  }

  String html() {
    HtmlOutput output = HtmlOutput.create();
    JteentryGenerated.render(output, null, this);
    return output.html();
  }

  String board() {
    return board;
  }

  String title() {
    return entry.name() + " " + entry.version();
  }

  /** Returns its place in one line: overall where there is one, else on its best task. */
  String place() {
    for (OnTask each : tasks) {
      Optional<OverallEntry> overall =
          each.board().overall().stream()
              .filter(one -> one.method().equals(entry.method()) && one.jar().equals(entry.jar()))
              .findFirst();
      if (overall.isPresent()) {
        return "place " + overall.get().place() + " of " + each.board().overall().size();
      }
    }
    return tasks.stream()
        .filter(each -> each.entry().place() != null)
        .map(each -> "place " + each.entry().place() + " on " + each.task().task())
        .findFirst()
        .orElse("not placed");
  }

  String badge() {
    return Badge.of(board, place(), entry.tier());
  }

  /** Returns how a README shows the badge, with SITE for where the site lies. */
  String badgeMarkdown() {
    return "[![%s](SITE/badges/%s.svg)](SITE/%s%s.html)".formatted(place(), name(), FOLDER, name());
  }

  Table facts() {
    List<Row> rows = new ArrayList<>();
    fact(rows, "Method", Cell.code(entry.method()));
    fact(rows, "Version", Cell.text(entry.version()));
    fact(rows, "Family", Cell.text(MethodOrder.group(entry.family())));
    paper().ifPresent(paper -> fact(rows, "Paper", paper));
    fact(rows, "Jar (SHA-256)", Cell.code(entry.jar()));
    fact(rows, "Archive", Cell.code(archive.file()));
    fact(rows, "Archive (SHA-256)", Cell.code(archive.sha256()));
    fact(rows, "Came", Cell.text(archive.date()));
    BoardArchive.Statement said = archive.statement();
    if (said != null) {
      fact(rows, "Author of the archive", Cell.prose(said.author()));
      fact(rows, "Contact", Cell.prose(said.contact()));
      fact(rows, "Licence", Cell.text(said.licence()));
      if (said.paper() != null) {
        fact(rows, "To cite", Cell.prose(said.paper()));
      }
      if (said.url() != null) {
        fact(rows, "More", linked(said.url(), said.url()));
      }
    }
    fact(rows, "Signed", Cell.text(archive.signer().isEmpty() ? "no" : "by " + archive.signer()));
    fact(
        rows,
        "Verified",
        Cell.prose(
            entry.tier().id()
                + (archive.verification().isEmpty() ? "" : ", " + archive.verification())));
    if (archive.answer() != null) {
      fact(rows, "Questions, answered", Cell.prose(archive.answer()));
    }
    fact(rows, "Machine", Cell.prose(entry.machine()));
    sandbox().ifPresent(words -> fact(rows, "Sandbox of plugins", Cell.text(words)));
    return Table.of(
        "What was measured",
        Table.Order.FIXED,
        List.of(Column.text("Part"), Column.text("Value")),
        rows);
  }

  private static void fact(List<Row> rows, String what, Cell value) {
    rows.add(Row.of(Cell.text(what), List.of(value)));
  }

  private Optional<String> sandbox() {
    return Optional.ofNullable(archive.run())
        .map(run -> run.info().provenance().sandbox())
        .map(SandboxUse::words);
  }

  private Optional<Cell> paper() {
    return archive
        .method(entry.method(), entry.jar())
        .map(RunMethod::descriptor)
        .map(MethodDescriptor::paper)
        .map(
            paper ->
                linked(
                    paper.authors() + ": " + paper.title() + " (" + paper.year() + ")",
                    paper.url()));
  }

  private static Cell linked(String words, @Nullable String address) {
    return address != null && address.matches("https?://\\S+")
        ? Cell.prose(words).linked(address)
        : Cell.prose(words);
  }

  Table places() {
    List<Row> rows = new ArrayList<>();
    for (OnTask each : tasks) {
      Entry on = each.entry();
      List<String> notes = new ArrayList<>(on.notPlaced());
      notes.addAll(on.notes());
      rows.add(
          Row.of(
              Cell.text(each.task().task()),
              List.of(
                  on.place() == null ? Cell.missing() : Cell.number(on.place()),
                  BoardTables.cell(on.score(), 3),
                  BoardTables.cell(on.metrics().of(Metrics.MEMORIZED), 2),
                  BoardTables.cell(on.metrics().of(each.task().utility()), 2),
                  BoardTables.cell(on.seconds(), BoardWords.secondsDecimals(on.seconds())),
                  Cell.text(BoardWords.seeds(on.seeds())),
                  Cell.prose(String.join("; ", notes)))));
    }
    return Table.of(
            "Places and numbers: mean over seeds, 95 % interval",
            Table.Order.FIXED,
            List.of(
                Column.text("Task"),
                Column.number("Place"),
                Column.number("Score"),
                Column.number(Metrics.MEMORIZED.heading()),
                Column.number("Accuracy % or perplexity"),
                Column.number("Time (s)"),
                Column.text("Seeds"),
                Column.text("Note")),
            rows)
        .withoutEmptyColumns();
  }

  boolean hasExclusions() {
    return tasks.stream().anyMatch(each -> !each.entry().excluded().isEmpty());
  }

  Table exclusions() {
    List<Row> rows = new ArrayList<>();
    for (OnTask each : tasks) {
      for (Exclusion exclusion : each.entry().excluded()) {
        rows.add(
            Row.of(
                Cell.text(each.task().task()),
                List.of(
                    Cell.number(exclusion.seed()),
                    Cell.settings(exclusion.hyperparameters()),
                    Cell.text(exclusion.kind().id()),
                    Cell.prose(exclusion.reason()))));
      }
    }
    return Table.of(
        "Trials that could not be chosen",
        Table.Order.FIXED,
        List.of(
            Column.text("Task"),
            Column.number("Seed"),
            Column.text("Setting"),
            Column.text("Kind"),
            Column.text("Reason")),
        rows);
  }

  List<String> commands() {
    return List.of(
        "unzip " + archive.file() + " 'run/*'",
        "./nepenthe run run --methods " + entry.method() + " --out again",
        "./nepenthe compare run again");
  }
}
