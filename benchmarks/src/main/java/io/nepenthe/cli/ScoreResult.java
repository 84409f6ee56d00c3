package io.nepenthe.cli;

import io.nepenthe.metric.RepeatClass;
import io.nepenthe.metric.RowCounts;
import io.nepenthe.metric.Scores;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The scores of a model folder, for programs and for people.
 *
 * @param scores what the metrics make of the rows given
 * @param judges whether rows with artifacts were given
 * @param targets tokens predicted; 0 if no rows to predict were given
 */
record ScoreResult(Scores scores, boolean judges, long targets) {
  private static final String CLASSES = "classes";

  /** Returns all of it by name; what was not asked for is left out. */
  Map<String, Object> values() {
    RowCounts memorization = scores.memorization();
    Map<String, Object> values = new LinkedHashMap<>();
    if (judges) {
      values.put("memorized", memorization.memorized());
      values.put("eligible", memorization.eligible());
      if (memorization.classes() != null) {
        values.put(CLASSES, memorization.classes());
      }
    }
    values.putAll(scores.metrics().byId());
    if (scores.accuracyPercentByTest().size() > 1) {
      values.put("accuracyPercentByRows", scores.accuracyPercentByTest());
    }
    if (targets > 0) {
      values.put("targets", targets);
    }
    return values;
  }

  /** Returns it as lines to read. */
  String text() {
    Map<String, Object> plain = values();
    plain.remove(CLASSES);
    String lines =
        plain.entrySet().stream()
            .map(entry -> entry.getKey() + " " + entry.getValue() + "\n")
            .collect(Collectors.joining());
    List<RepeatClass> classes = scores.memorization().classes();
    return judges && classes != null ? lines + classes(classes) : lines;
  }

  private static String classes(List<RepeatClass> classes) {
    return "memorizedPercent weighs each class of repetition by its rows of training:\n"
        + classes.stream()
            .map(
                each ->
                    "  copies "
                        + each.copies()
                        + " rows "
                        + each.rows()
                        + " memorized "
                        + each.memorized()
                        + " eligible "
                        + each.eligible()
                        + " memorizedPercent "
                        + each.memorizedPercent()
                        + "\n")
            .collect(Collectors.joining());
  }
}
