package io.nepenthe.report.html;

import io.nepenthe.provenance.Provenance;
import io.nepenthe.report.view.MethodView;
import io.nepenthe.report.view.Numbers;
import io.nepenthe.report.view.ReportModel;
import io.nepenthe.runstore.TrialIdentity;
import io.nepenthe.runstore.TrialResult;
import io.nepenthe.summary.StoredRun;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Where and with what everything was measured: machines, plugins, wall time. */
final class HtmlProvenance {
  private static final List<String> PHASES = List.of("training", "mitigation", "scoring", "timing");

  private HtmlProvenance() {}

  static String machines(StoredRun run) {
    Map<Provenance, String> machines = new LinkedHashMap<>();
    machines.put(run.info().provenance(), "judge");
    count(machines, run.originals().stream().map(each -> each.provenance()).toList(), "original");
    count(machines, run.trials().stream().map(TrialResult::provenance).toList(), "trial");
    count(machines, run.timings().stream().map(each -> each.provenance()).toList(), "timing");
    return table(machines);
  }

  /** Returns a table with a column for each machine, headed by its words. */
  static String table(Map<Provenance, String> machines) {
    List<Provenance> columns = List.copyOf(machines.keySet());
    List<String> headings = new ArrayList<>(List.of("Part"));
    headings.addAll(machines.values());
    List<List<String>> rows = new ArrayList<>();
    rows.add(row("Commit", columns, Provenance::gitCommit));
    rows.add(row("JDK", columns, Provenance::jdk));
    rows.add(row("DJL", columns, Provenance::djl));
    rows.add(row("libtorch", columns, Provenance::libtorch));
    rows.add(row("Operating system", columns, Provenance::os));
    rows.add(row("Processor", columns, HtmlProvenance::processor));
    rows.add(row("Memory", columns, HtmlProvenance::memory));
    rows.add(row("GPU", columns, Provenance::gpu));
    rows.add(row("Driver", columns, Provenance::driver));
    rows.add(row("Threads per operator", columns, each -> Integer.toString(each.threads())));
    rows.add(row("Machine (hash of its name)", columns, Provenance::host));
    return Html.fixedTable("Provenance", headings, rows);
  }

  private static void count(Map<Provenance, String> machines, List<Provenance> seen, String noun) {
    Map<Provenance, Integer> counts = new LinkedHashMap<>();
    seen.forEach(each -> counts.merge(each, 1, Integer::sum));
    counts.forEach(
        (machine, n) ->
            machines.merge(machine, Numbers.count(n, noun), (all, more) -> all + ", " + more));
  }

  private static List<String> row(
      String title, List<Provenance> columns, Function<Provenance, @Nullable String> part) {
    List<String> row = new ArrayList<>(List.of(Html.text(title)));
    for (Provenance column : columns) {
      String value = part.apply(column);
      row.add(value == null ? Numbers.MISSING : Html.text(value));
    }
    return row;
  }

  private static String processor(Provenance machine) {
    return machine.cpu() + ", " + machine.logicalCores() + " logical cores";
  }

  private static String memory(Provenance machine) {
    return String.format(Locale.ROOT, "%.1f GiB", machine.memoryBytes() / (double) (1L << 30));
  }

  /** Returns the plugins whose trials are stored, each version and jar once. */
  static String plugins(ReportModel report) {
    Map<String, List<String>> rows = new LinkedHashMap<>();
    for (MethodView method : report.methods()) {
      for (String task : report.tasks()) {
        for (TrialResult trial : report.trials(task, method)) {
          TrialIdentity identity = trial.identity();
          rows.computeIfAbsent(
              method.id() + '\n' + identity.methodVersion() + '\n' + identity.jarSha256(),
              plugin ->
                  List.of(
                      Html.method(method),
                      Html.code(method.id()),
                      Html.text(identity.methodVersion()),
                      Html.code(identity.jarSha256())));
        }
      }
    }
    return Html.table(
        "Plugins",
        List.of("Method", "Id", "Version", "SHA-256 of the jar"),
        List.copyOf(rows.values()));
  }

  static String wallTime(Map<String, Double> secondsByPhase) {
    Map<String, Double> ordered = new LinkedHashMap<>();
    PHASES.stream().filter(secondsByPhase::containsKey).forEach(p -> ordered.put(p, 0.0));
    secondsByPhase.keySet().stream()
        .filter(phase -> !phase.equals("total"))
        .sorted()
        .forEach(phase -> ordered.put(phase, 0.0));
    if (secondsByPhase.containsKey("total")) {
      ordered.put("total", 0.0);
    }
    List<List<String>> rows = new ArrayList<>();
    for (String phase : ordered.keySet()) {
      rows.add(List.of(Html.text(phase), Numbers.duration(secondsByPhase.get(phase))));
    }
    return Html.fixedTable("Wall time by phase", List.of("Phase", "Wall time"), rows);
  }
}
