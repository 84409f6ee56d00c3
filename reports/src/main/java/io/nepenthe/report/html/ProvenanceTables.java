package io.nepenthe.report.html;

import io.nepenthe.provenance.Provenance;
import io.nepenthe.report.view.Cell;
import io.nepenthe.report.view.MethodView;
import io.nepenthe.report.view.Numbers;
import io.nepenthe.report.view.Phases;
import io.nepenthe.report.view.ReportModel;
import io.nepenthe.report.view.Table;
import io.nepenthe.report.view.Table.Column;
import io.nepenthe.report.view.Table.Row;
import io.nepenthe.runstore.TrialIdentity;
import io.nepenthe.runstore.TrialResult;
import io.nepenthe.summary.StoredRun;
import io.nepenthe.wording.Words;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Where and with what everything was measured: machines, plugins, wall time. */
final class ProvenanceTables {
  /** Seconds that no page shows. */
  private static final double SHORT = 0.005;

  private ProvenanceTables() {}

  static Table machines(StoredRun run) {
    Map<Provenance, String> machines = new LinkedHashMap<>();
    machines.put(run.info().provenance(), "judge");
    count(machines, run.originals().stream().map(each -> each.provenance()).toList(), "original");
    count(machines, run.trials().stream().map(TrialResult::provenance).toList(), "trial");
    count(machines, run.timings().stream().map(each -> each.provenance()).toList(), "timing");
    return machines(machines);
  }

  /** Returns a table with a column for each machine, headed by its words. */
  static Table machines(Map<Provenance, String> machines) {
    List<Provenance> columns = List.copyOf(machines.keySet());
    List<Column> headings = new ArrayList<>(List.of(Column.text("Part")));
    machines.values().forEach(words -> headings.add(Column.text(words)));
    List<Row> rows = new ArrayList<>();
    rows.add(row("Commit", columns, Provenance::gitCommit));
    rows.add(row("JDK", columns, Provenance::jdk));
    rows.add(row("DJL", columns, Provenance::djl));
    rows.add(row("libtorch", columns, Provenance::libtorch));
    rows.add(row("Operating system", columns, Provenance::os));
    rows.add(row("Processor", columns, ProvenanceTables::processor));
    rows.add(row("Memory", columns, ProvenanceTables::memory));
    rows.add(row("GPU", columns, Provenance::gpu));
    rows.add(row("Driver", columns, Provenance::driver));
    rows.add(row("Threads per operator", columns, each -> Integer.toString(each.threads())));
    rows.add(row("Machine (hash of its name)", columns, Provenance::host));
    if (columns.stream().anyMatch(each -> each.sandbox() != null)) {
      rows.add(row("Sandbox of plugins", columns, ProvenanceTables::sandbox));
    }
    return Table.of("Machines and versions", Table.Order.FIXED, headings, rows);
  }

  private static void count(Map<Provenance, String> machines, List<Provenance> seen, String noun) {
    Map<Provenance, Integer> counts = new LinkedHashMap<>();
    seen.forEach(each -> counts.merge(each, 1, Integer::sum));
    counts.forEach(
        (machine, n) ->
            machines.merge(machine, Words.count(n, noun), (all, more) -> all + ", " + more));
  }

  private static Row row(
      String title, List<Provenance> columns, Function<Provenance, @Nullable String> part) {
    List<Cell> cells = new ArrayList<>();
    for (Provenance column : columns) {
      String value = part.apply(column);
      cells.add(value == null ? Cell.missing() : Cell.text(value));
    }
    return Row.of(Cell.text(title), cells);
  }

  private static String processor(Provenance machine) {
    return machine.cpu() + ", " + machine.logicalCores() + " logical cores";
  }

  private static @Nullable String sandbox(Provenance machine) {
    return machine.sandbox() == null ? null : machine.sandbox().words();
  }

  private static String memory(Provenance machine) {
    return String.format(Locale.ROOT, "%.1f GiB", machine.memoryBytes() / (double) (1L << 30));
  }

  /** Returns the plugins whose trials are stored, each version and jar once. */
  static Table plugins(ReportModel report) {
    Map<String, Row> rows = new LinkedHashMap<>();
    for (MethodView method : report.methods()) {
      for (String task : report.tasks()) {
        for (TrialResult trial : report.trials(task, method)) {
          TrialIdentity identity = trial.identity();
          rows.computeIfAbsent(
              method.id() + '\n' + identity.methodVersion() + '\n' + identity.jarSha256(),
              plugin ->
                  Row.of(
                      method,
                      List.of(
                          Cell.code(method.id()),
                          Cell.text(identity.methodVersion()),
                          Cell.code(identity.jarSha256()))));
        }
      }
    }
    return Table.of(
        "Plugins",
        Table.Order.SORTABLE,
        List.of(
            Column.text("Method"),
            Column.text("Id"),
            Column.text("Version"),
            Column.text("SHA-256 of the jar")),
        List.copyOf(rows.values()));
  }

  /** Returns the seconds of the phases; up to the total they add up. */
  static Table wallTime(Map<String, Double> secondsByPhase) {
    Map<String, Double> rest = new TreeMap<>(secondsByPhase);
    List<Row> rows = new ArrayList<>();
    double sum = 0;
    for (String phase : Phases.PARTS) {
      Double seconds = rest.remove(phase);
      if (seconds != null) {
        rows.add(wallTime(Phases.words(phase), seconds));
        sum += seconds;
      }
    }
    Double total = rest.remove(Phases.TOTAL);
    if (total != null) {
      if (sum - total > SHORT) {
        rows.add(wallTime("Less what went on at the same time", total - sum));
      }
      rows.add(wallTime(Phases.words(Phases.TOTAL), total));
    }
    rest.forEach((phase, seconds) -> rows.add(wallTime(Phases.words(phase), seconds)));
    return Table.of(
        "Wall time by phase",
        Table.Order.FIXED,
        List.of(Column.text("Phase"), Column.number("Wall time")),
        rows);
  }

  private static Row wallTime(String words, double seconds) {
    return Row.ofTexts(List.of(words, Numbers.duration(seconds)));
  }
}
