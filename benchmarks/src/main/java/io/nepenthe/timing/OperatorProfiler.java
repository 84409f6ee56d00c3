package io.nepenthe.timing;

import com.fasterxml.jackson.databind.JsonNode;
import io.nepenthe.json.Json;
import io.nepenthe.tensor.Torch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ScalarResult;

/**
 * A profiler for JMH, of benchmarks that run their work by {@link #recorded}: milliseconds of an
 * iteration that each of libtorch's operators takes by itself, without those it calls. What is not
 * in one of them is Java's and the bridge's to libtorch. Recording costs time of its own, more so
 * of many small operators.
 */
public final class OperatorProfiler implements InternalProfiler {
  private static final double LEAST_SHARE = 0.005;

  /** Where the trace of the iteration that runs is written; null while nobody asked for one. */
  private static volatile @Nullable Path trace;

  @Override
  public String getDescription() {
    return "libtorch's operators, by the time they take themselves";
  }

  /** Runs an iteration's work, and records it if the profiler is on: libtorch does so by thread. */
  static double recorded(DoubleSupplier work) {
    Path file = trace;
    if (file == null) {
      return work.getAsDouble();
    }
    Torch.startProfile();
    try {
      return work.getAsDouble();
    } finally {
      Torch.stopProfile(file);
    }
  }

  @Override
  public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
    try {
      trace = Files.createTempFile("operators", ".json");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Collection<? extends Result<?>> afterIteration(
      BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
    Path file = Objects.requireNonNull(trace);
    try {
      return Files.size(file) == 0
          ? List.of()
          : results(selfMillis(Json.mapper().readTree(file.toFile())));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      file.toFile().delete();
    }
  }

  private static List<ScalarResult> results(Map<String, Double> millis) {
    double all = millis.values().stream().mapToDouble(Double::doubleValue).sum();
    List<ScalarResult> results = new ArrayList<>();
    results.add(result("all operators", all));
    millis.forEach(
        (name, own) -> {
          if (own >= LEAST_SHARE * all) {
            results.add(result(name, own));
          }
        });
    return results;
  }

  private static ScalarResult result(String name, double millis) {
    return new ScalarResult(name, millis, "ms", AggregationPolicy.AVG);
  }

  /** One thread's events lie within each other, or do not touch. */
  static Map<String, Double> selfMillis(JsonNode trace) {
    Map<String, Double> millis = new HashMap<>();
    Map<String, List<Event>> threads = new HashMap<>();
    for (JsonNode event : trace) {
      if (event.path("ph").asText().equals("X")) {
        threads
            .computeIfAbsent(event.path("tid").asText(), thread -> new ArrayList<>())
            .add(Event.of(event));
      }
    }
    for (List<Event> events : threads.values()) {
      events.sort(Comparator.comparingDouble(Event::start).thenComparing(Event::end, reversed()));
      Deque<Event> open = new ArrayDeque<>();
      for (Event event : events) {
        while (!open.isEmpty() && open.peek().end() <= event.start()) {
          open.pop();
        }
        if (!open.isEmpty()) {
          millis.merge(open.peek().name(), -event.millis(), Double::sum);
        }
        millis.merge(event.name(), event.millis(), Double::sum);
        open.push(event);
      }
    }
    return millis;
  }

  private static Comparator<Double> reversed() {
    return Comparator.reverseOrder();
  }

  /**
   * An operator that ran.
   *
   * @param start in microseconds
   * @param end in microseconds
   */
  private record Event(String name, double start, double end) {
    static Event of(JsonNode event) {
      double start = event.path("ts").asDouble();
      return new Event(event.path("name").asText(), start, start + event.path("dur").asDouble());
    }

    double millis() {
      return (end - start) / 1000;
    }
  }
}
