package io.nepenthe.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.nepenthe.metric.Better;
import io.nepenthe.statistics.RocArea;
import io.nepenthe.statistics.Statistic;
import io.nepenthe.study.Measure;
import io.nepenthe.study.MeasureStudy;
import io.nepenthe.study.MetricStudy;
import io.nepenthe.study.Pool;
import io.nepenthe.study.Stability;
import java.util.List;
import org.junit.jupiter.api.Test;

final class MetricStudyTextTest {
  private static MeasureStudy study(String name, Stability... stability) {
    return new MeasureStudy(
        new Measure("id", name, Better.LOWER),
        new Statistic(80, 70, 90),
        new Statistic(1, 0, 2),
        new RocArea(0.75, null, 2, 2),
        List.of(stability));
  }

  private static Stability stability(String challenge, Pool pool, Double shift, int flips) {
    return new Stability(challenge, "variant", pool, 2, shift, flips);
  }

  @Test
  void changesAreOfAllVariantsButOfNoOriginal() {
    MetricStudy study =
        new MetricStudy(
            MetricStudy.SCHEMA,
            "quick",
            List.of(
                new MetricStudy.TaskStudy(
                    "math-noise",
                    List.of(0L, 1L),
                    List.of(
                        study(
                            "moved",
                            stability("rounding", Pool.ORIGINAL, 0.9, 2),
                            stability("rounding", Pool.RETRAINED, 0.1, 0),
                            stability("rounding", Pool.MITIGATED, 0.4, 1)),
                        study("same", stability("relearning", Pool.RETRAINED, null, 0))))));
    List<String> lines =
        MetricStudyText.of(study).lines().map(line -> line.strip().replaceAll(" +", " ")).toList();
    assertEquals("math-noise, trained with artifacts and without, seeds 0, 1", lines.get(1));
    assertEquals("moved 80.000 1.000 0.75 - 0.25, 1 of 4", lines.get(3));
    assertEquals("same 80.000 1.000 0.75 - -", lines.get(4), "no distance, no change");
  }
}
