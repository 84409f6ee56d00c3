package io.nepenthe.report.view;

import io.nepenthe.selection.BySeed;
import io.nepenthe.selection.ScoreStatistics;
import io.nepenthe.selection.SharedSetting;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A method's one setting for all seeds, ready to be printed.
 *
 * @param method whose
 * @param hyperparameters the setting
 * @param cells plain texts, one per column after method and settings
 */
public record SharedRow(
    MethodView method, Map<String, Number> hyperparameters, List<String> cells) {
  /** Says what the table holds. */
  public static final String CAPTION =
      "One setting for all seeds, chosen on the validation half of the evaluation rows; scores on"
          + " the holdout half, which had no part in the choice";

  public SharedRow {
    cells = List.copyOf(cells);
  }

  /** Returns the headings of the cells. */
  public static List<String> columns(ReportModel report, String task) {
    return List.of("Seeds", "% Mem", report.utility(task).title(), "Score", "Note");
  }

  /** Returns the methods of a task that have a shared setting, in the tables' order. */
  public static List<SharedRow> of(ReportModel report, String task) {
    List<SharedRow> rows = new ArrayList<>();
    report
        .selections(task)
        .forEach(
            (method, selected) -> {
              SharedSetting shared = selected.shared();
              if (shared != null) {
                rows.add(
                    new SharedRow(
                        method, shared.hyperparameters(), cells(shared, report.utility(task))));
              }
            });
    return rows;
  }

  private static List<String> cells(SharedSetting shared, Measure utility) {
    ScoreStatistics holdout = shared.holdout();
    return List.of(
        Integer.toString(shared.trials().size()),
        cell(holdout.memorizedPercent(), Measure.MEMORIZED),
        utility == Measure.ACCURACY
            ? cell(holdout.accuracyPercent(), utility)
            : cell(holdout.perplexity(), utility),
        holdout.score() == null
            ? Numbers.MISSING
            : Numbers.decimal(holdout.score().statistic().mean(), 3),
        shared.note());
  }

  private static String cell(@Nullable BySeed values, Measure measure) {
    return values == null ? Numbers.MISSING : Cell.of(measure, values.statistic()).plain();
  }
}
