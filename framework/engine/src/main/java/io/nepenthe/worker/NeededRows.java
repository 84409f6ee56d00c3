package io.nepenthe.worker;

import io.nepenthe.data.Sequences;
import io.nepenthe.data.Window;
import io.nepenthe.data.Windows;
import io.nepenthe.exchange.HandedRows;
import io.nepenthe.plugin.Given;
import io.nepenthe.plugin.Need;
import io.nepenthe.suite.TrainingPlan;
import io.nepenthe.task.ArtifactRows;
import io.nepenthe.task.TaskData;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * The rows that a worker is handed: what a method asks for, cut to the columns that are trained.
 */
final class NeededRows {
  private NeededRows() {}

  /**
   * Returns the rows of a training, and what a method that takes part in it asks for; there is no
   * forget set yet.
   */
  static HandedRows inTraining(Set<Need> needs, TaskData data, TrainingPlan plan) {
    Map<Need, Sequences> rows = asked(needs, known(needs, data, plan), data, plan);
    Given given = padded(Given.of(rows, plan.task().window()), data);
    return new HandedRows(data.trainedLength(plan.quirks()), data.train(), given);
  }

  /** Returns the rows that a method asks for which runs on a trained model. */
  static HandedRows afterTraining(
      Set<Need> needs, TaskData data, TrainingPlan plan, int[] memorizedRows) {
    Map<Need, Sequences> known = known(needs, data, plan);
    known.put(Need.FORGET_SET, data.scored().artifacts().select(memorizedRows));
    known.put(Need.FORGET_TWINS, data.scored().twins().select(memorizedRows));
    Map<Need, Sequences> rows = asked(needs, known, data, plan);
    Window window = plan.task().window();
    int length = data.trainedLength(plan.quirks());
    Given given =
        rows.containsKey(Need.FORGET_SET)
            ? Given.of(rows, windows(data.scored(), window, memorizedRows, length))
            : Given.of(rows, window);
    return new HandedRows(length, Sequences.empty(length), padded(given, data));
  }

  private static Given padded(Given given, TaskData data) {
    return data.padding() < 0 ? given : given.padded(data.padding());
  }

  /** Returns the windows in which rows are judged, as far as the rows go that a method is given. */
  private static Windows windows(ArtifactRows scored, Window task, int[] rows, int length) {
    return new Windows(
        task,
        Arrays.stream(rows)
            .mapToObj(scored.windows()::get)
            .map(window -> window.within(length))
            .toList());
  }

  private static Map<Need, Sequences> known(Set<Need> needs, TaskData data, TrainingPlan plan) {
    Map<Need, Sequences> known = new HashMap<>();
    known.put(Need.RETAIN_SET, data.retain(plan.quirks()));
    known.put(Need.TWINS, data.plantedTwins());
    known.put(Need.EXTRA, data.extra());
    if (needs.contains(Need.VALIDATION)) {
      Sequences rows = plan.task().validation(plan.seed(), plan.quirks());
      if (!rows.isEmpty()) {
        known.put(Need.VALIDATION, rows);
      }
    }
    for (Need need : needs) {
      need.file().flatMap(plan.task()::file).ifPresent(rows -> known.put(need, rows));
    }
    return known;
  }

  private static Map<Need, Sequences> asked(
      Set<Need> needs, Map<Need, Sequences> known, TaskData data, TrainingPlan plan) {
    int length = data.trainedLength(plan.quirks());
    known.keySet().retainAll(needs);
    known.replaceAll((need, rows) -> rows.leadingColumns(length));
    return known;
  }
}
