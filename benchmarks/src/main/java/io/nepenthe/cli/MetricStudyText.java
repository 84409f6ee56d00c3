package io.nepenthe.cli;

import io.nepenthe.statistics.Statistic;
import io.nepenthe.study.MeasureStudy;
import io.nepenthe.study.MetricStudy;
import io.nepenthe.study.Pool;
import io.nepenthe.study.Stability;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A study of metrics as plain text, for a terminal. */
final class MetricStudyText {
  private static final String ROW = "%-36s %10s %10s %6s %20s %20s%n";

  private MetricStudyText() {}

  static String of(MetricStudy study) {
    StringBuilder text = new StringBuilder();
    for (MetricStudy.TaskStudy task : study.tasks()) {
      text.append(
          String.format(
              "%n%s, trained with artifacts and without, seeds %s%n",
              task.task(),
              task.seeds().stream().map(String::valueOf).collect(Collectors.joining(", "))));
      text.append(
          String.format(ROW, "", "with", "without", "AUC", "relearned, flips", "rounded, flips"));
      for (MeasureStudy each : task.measures()) {
        text.append(
            String.format(
                ROW,
                each.measure().name(),
                mean(each.original()),
                mean(each.retrained()),
                each.separation() == null ? "-" : number(each.separation().area(), 2),
                stability(each, "relearning"),
                stability(each, "rounding")));
      }
    }
    return text.append(
            """

            with, without: mean over seeds. AUC: how often a model trained with artifacts is the worse of two;
            1 tells all apart, 0.5 none. relearned, rounded: mean change of models trained without artifacts or
            made to forget, in parts of the distance between the two means; flips: how many changed sides.
            """)
        .toString();
  }

  /** Change and flips of all but the originals, over all variants of a challenge. */
  private static String stability(MeasureStudy study, String challenge) {
    List<Stability> all =
        study.stability().stream()
            .filter(each -> each.challenge().equals(challenge) && each.pool() != Pool.ORIGINAL)
            .toList();
    int readings = all.stream().mapToInt(Stability::readings).sum();
    if (readings == 0 || all.stream().map(Stability::shift).anyMatch(Objects::isNull)) {
      return "-";
    }
    double shift = all.stream().mapToDouble(each -> each.readings() * shift(each)).sum() / readings;
    int flips = all.stream().mapToInt(Stability::flips).sum();
    return number(shift, 2) + ", " + flips + " of " + readings;
  }

  private static double shift(Stability each) {
    return Objects.requireNonNull(each.shift());
  }

  private static String mean(@Nullable Statistic value) {
    return value == null ? "-" : number(value.mean(), 3);
  }

  private static String number(double value, int digits) {
    return String.format(Locale.ROOT, "%." + digits + "f", value);
  }
}
