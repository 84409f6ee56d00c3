package io.nepenthe.cli;

import io.nepenthe.data.Sequences;
import io.nepenthe.metric.Continuations;
import io.nepenthe.metric.Metrics;
import io.nepenthe.metric.NextTokenScore;
import io.nepenthe.metric.Observations;
import io.nepenthe.metric.RepeatClass;
import io.nepenthe.metric.RowCounts;
import io.nepenthe.metric.Scores;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The scores of a model folder, for programs and for people.
 *
 * @param scores what the metrics make of the rows given
 * @param referenceAccuracyPercent accuracy as the mean over batches; null without rows to predict
 * @param judges whether rows with artifacts were given
 * @param targets tokens predicted; 0 if no rows to predict were given
 * @param isOfNumbers whether the model predicts anything: NaN has no accuracy
 * @param read the rows, by file
 */
record ScoreResult(
    Scores scores,
    @Nullable Double referenceAccuracyPercent,
    boolean judges,
    long targets,
    boolean isOfNumbers,
    Map<String, Sequences> read) {
  private static final String CLASSES = "classes";
  private static final String READ = "read";

  static ScoreResult of(
      Continuations continued,
      Map<String, NextTokenScore> predicted,
      boolean judges,
      boolean batchesWeighAlike,
      Map<String, Sequences> read) {
    Observations byBatch = new Observations(Continuations.NONE, predicted, true);
    return new ScoreResult(
        Scores.of(new Observations(continued, predicted, batchesWeighAlike), metric -> true),
        predicted.isEmpty() ? null : Metrics.ACCURACY.of(byBatch),
        judges,
        predicted.values().stream().mapToLong(NextTokenScore::targets).sum(),
        predicted.values().stream().noneMatch(score -> Double.isNaN(score.totalLoss())),
        read);
  }

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
    scores.metrics().byId().forEach((name, value) -> values.put(name, ofNumbers(name, value)));
    if (referenceAccuracyPercent != null) {
      String name = "referenceAccuracyPercent";
      values.put(name, ofNumbers(name, referenceAccuracyPercent));
    }
    if (scores.accuracyPercentByTest().size() > 1 && isOfNumbers) {
      values.put("accuracyPercentByRows", scores.accuracyPercentByTest());
    }
    if (targets > 0) {
      values.put("targets", targets);
    }
    Map<String, Object> files = new LinkedHashMap<>();
    read.forEach(
        (file, rows) -> files.put(file, Map.of("rows", rows.rows(), "tokens", rows.length())));
    values.put(READ, files);
    return values;
  }

  /** The largest of logits that are no numbers is no prediction. */
  private double ofNumbers(String name, double value) {
    return !isOfNumbers && name.toLowerCase(Locale.ROOT).contains("accuracy") ? Double.NaN : value;
  }

  /** Returns it as lines to read. */
  String text() {
    Map<String, Object> plain = values();
    plain.remove(CLASSES);
    plain.remove(READ);
    StringBuilder lines = new StringBuilder();
    read.forEach((file, rows) -> lines.append(file).append(": ").append(rows).append('\n'));
    plain.forEach(
        (name, value) -> lines.append(name).append(' ').append(shown(value)).append('\n'));
    List<RepeatClass> classes = scores.memorization().classes();
    return judges && classes != null ? lines + classes(classes) : lines.toString();
  }

  private static String shown(@Nullable Object value) {
    return value instanceof Double number && number.isInfinite()
        ? value + " (too large for a number of 64 bits)"
        : String.valueOf(value);
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
