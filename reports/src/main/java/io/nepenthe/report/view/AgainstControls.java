package io.nepenthe.report.view;

import io.nepenthe.selection.BySeed;
import io.nepenthe.selection.MethodSelection;
import io.nepenthe.selection.TaskSelection;
import io.nepenthe.statistics.Holm;
import io.nepenthe.statistics.PairedTest;
import io.nepenthe.statistics.Ranking;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which methods the scores of a task tell from its controls, such as random pruning. */
public final class AgainstControls {
  private AgainstControls() {}

  /** Returns a sentence for each control that can be tested against, nothing if none can. */
  public static String of(ReportModel report, String task) {
    StringBuilder text = new StringBuilder();
    report
        .selection(task)
        .ifPresent(
            selection ->
                selection.controls().forEach(each -> text.append(of(report, selection, each))));
    return text.toString();
  }

  private static String of(
      ReportModel report, TaskSelection selection, TaskSelection.Control control) {
    Map<MethodView, PairedTest> tests = new LinkedHashMap<>();
    for (MethodView method : report.methods()) {
      if (!method.isOriginal() && !method.isControl()) {
        selection
            .of(method.id())
            .flatMap(selected -> test(selected, control.score()))
            .ifPresent(test -> tests.put(method, test));
      }
    }
    Optional<MethodView> shown = report.method(control.method());
    if (tests.isEmpty() || shown.isEmpty()) {
      return "";
    }
    List<Double> adjusted = Holm.adjust(tests.values().stream().map(PairedTest::p).toList());
    List<String> better = new ArrayList<>();
    int i = 0;
    for (Map.Entry<MethodView, PairedTest> each : tests.entrySet()) {
      if (adjusted.get(i++) < Ranking.LEVEL && each.getValue().meanDifference() < 0) {
        better.add(each.getKey().label());
      }
    }
    return " Significantly better than %s (paired t-tests of the score, Holm over %d): %s."
        .formatted(
            shown.get().label(), tests.size(), better.isEmpty() ? "none" : Sentences.list(better));
  }

  private static Optional<PairedTest> test(MethodSelection selected, @Nullable BySeed control) {
    BySeed score = selected.winnerScores().score();
    if (score == null || control == null) {
      return Optional.empty();
    }
    List<Long> common =
        control.values().keySet().stream().filter(score.values()::containsKey).toList();
    boolean finite =
        common.stream()
            .allMatch(
                seed -> Double.isFinite(score.values().get(seed) + control.values().get(seed)));
    return finite
        ? PairedTest.of(
            common.stream().map(score.values()::get).toList(),
            common.stream().map(control.values()::get).toList())
        : Optional.empty();
  }
}
