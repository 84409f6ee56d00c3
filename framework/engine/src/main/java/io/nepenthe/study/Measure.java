package io.nepenthe.study;

import io.nepenthe.metric.Better;
import io.nepenthe.metric.Metric;
import io.nepenthe.metric.Metrics;
import java.util.List;
import java.util.stream.Stream;

/**
 * A number of a model that is studied: a metric, or what an attack makes of it.
 *
 * @param id in JSON
 * @param name in tables
 * @param better which way it is better, for a model that is to forget
 */
public record Measure(String id, String name, Better better) {
  /** Returns every measure: all metrics, then all attacks. */
  static List<Measure> all() {
    return Stream.concat(
            Metrics.all().stream().map(Measure::of), Attack.all().stream().map(Attack::measure))
        .toList();
  }

  private static Measure of(Metric metric) {
    return new Measure(metric.id(), metric.name(), metric.better());
  }
}
