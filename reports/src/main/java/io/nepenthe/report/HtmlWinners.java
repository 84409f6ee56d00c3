package io.nepenthe.report;

import io.nepenthe.metric.Scores;
import io.nepenthe.runstore.TimingResult;
import io.nepenthe.runstore.TrialResult;
import io.nepenthe.selection.SummaryRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The trial chosen for each method and seed: its settings, what it changed and where it is. */
final class HtmlWinners {
  private HtmlWinners() {}

  static String of(Report report, String task) {
    Measure utility = report.utility(task);
    String name = utility == Measure.ACCURACY ? "Accuracy (%)" : "Perplexity";
    List<List<String>> rows = new ArrayList<>();
    for (Method method : report.methods()) {
      Map<Long, SummaryRow.Winner> winners =
          report.row(task, method).map(SummaryRow::winners).orElse(Map.of());
      new TreeMap<>(winners)
          .forEach((seed, winner) -> rows.add(row(report, utility, method, seed, winner)));
    }
    String details =
        Html.table(
            "Chosen trials on " + task + ": before → after",
            List.of("Method", "Seed", "Settings", "Memorized (%)", name, "Time (s)", "Trial"),
            rows);
    return "<details open>\n<summary>%s</summary>\n%s</details>\n"
        .formatted(Html.text(task), details + shared(report, task));
  }

  private static String shared(Report report, String task) {
    List<String> headings = new ArrayList<>(List.of("Method", "Settings"));
    headings.addAll(SharedRow.columns(report, task));
    List<List<String>> rows = new ArrayList<>();
    for (SharedRow shared : SharedRow.of(report, task)) {
      List<String> row =
          new ArrayList<>(
              List.of(Html.method(shared.method()), Html.settings(shared.hyperparameters())));
      shared.cells().forEach(cell -> row.add(Html.text(cell)));
      rows.add(row);
    }
    return rows.isEmpty() ? "" : Html.table(SharedRow.CAPTION + ": " + task, headings, rows);
  }

  private static List<String> row(
      Report report, Measure utility, Method method, long seed, SummaryRow.Winner winner) {
    Optional<TrialResult> trial = report.trial(winner.trial());
    return List.of(
        Html.method(method),
        Long.toString(seed),
        Html.settings(winner.hyperparameters()),
        change(trial, Measure.MEMORIZED, scores -> scores.memorization().memorizedPercent()),
        utility == Measure.ACCURACY
            ? change(trial, utility, Scores::accuracyPercent)
            : change(trial, utility, Scores::perplexity),
        seconds(report, winner.trial(), trial),
        method.isOriginal() ? Numbers.MISSING : link(winner.trial()));
  }

  private static String change(
      Optional<TrialResult> trial, Measure measure, Function<Scores, @Nullable Double> value) {
    if (trial.isEmpty()) {
      return Numbers.MISSING;
    }
    Scores after = trial.get().after();
    return Numbers.decimal(value.apply(trial.get().before()), measure)
        + " → "
        + Numbers.decimal(after == null ? null : value.apply(after), measure);
  }

  private static String seconds(Report report, String id, Optional<TrialResult> trial) {
    OptionalDouble shots =
        report.run().timings().stream()
            .flatMap(timing -> timing.shots().stream())
            .filter(shot -> shot.trialId().equals(id))
            .mapToDouble(TimingResult.Shot::seconds)
            .average();
    if (shots.isPresent()) {
      return Numbers.decimal(shots.getAsDouble(), Measure.SECONDS) + " JMH";
    }
    return trial
        .flatMap(each -> Optional.ofNullable(each.time()))
        .map(time -> Numbers.decimal(time.seconds(), Measure.SECONDS) + " sweep")
        .orElse(Numbers.MISSING);
  }

  /** Returns a link to a trial's file; the end of its id is the hash that tells trials apart. */
  static String link(String id) {
    String shown = id.length() <= 9 ? id : "…" + id.substring(id.length() - 8);
    return "<a href=\"../trials/%s.json\" title=\"%s\"><code>%s</code></a>"
        .formatted(Escape.urlSegment(id), Html.text(id), Html.text(shown));
  }
}
