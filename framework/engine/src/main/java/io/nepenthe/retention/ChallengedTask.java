package io.nepenthe.retention;

import io.nepenthe.runstore.ChallengeResult;
import io.nepenthe.runstore.ChallengeResult.Reading;
import io.nepenthe.selection.BySeed;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What challenges measured of the models of one task: of each subject, one result per seed. */
public final class ChallengedTask {
  private final String task;
  private final Map<String, SortedMap<Long, ChallengeResult>> subjects = new LinkedHashMap<>();

  private ChallengedTask(String task, Collection<ChallengeResult> results) {
    this.task = task;
    results.stream()
        .filter(result -> result.task().equals(task))
        .forEach(
            result ->
                subjects
                    .computeIfAbsent(result.subject(), none -> new TreeMap<>())
                    .putIfAbsent(result.seed(), result));
  }

  /** Returns what was measured on a task, out of the results of all. */
  public static ChallengedTask of(String task, Collection<ChallengeResult> results) {
    return new ChallengedTask(task, results);
  }

  public String task() {
    return task;
  }

  /** Returns true if nothing was challenged. */
  public boolean isEmpty() {
    return subjects.isEmpty();
  }

  /** Returns the methods whose winners were challenged, in the order of the results. */
  public List<String> methods() {
    return subjects.keySet().stream()
        .filter(subject -> !subject.equals(ChallengeResult.ORIGINAL))
        .toList();
  }

  /** Returns the kinds of challenges, in the suite's order. */
  public List<String> challenges() {
    return variants().map(Variant::challenge).distinct().toList();
  }

  /** Returns the variants of a kind of challenge, but for the model as it was. */
  public List<Variant> variants(String challenge) {
    return variants()
        .filter(variant -> variant.challenge().equals(challenge) && !variant.isUnchallenged())
        .toList();
  }

  private Stream<Variant> variants() {
    return readings()
        .map(reading -> new Variant(reading.challenge(), reading.variant()))
        .distinct();
  }

  private Stream<Reading> readings() {
    return subjects.values().stream()
        .flatMap(seeds -> seeds.values().stream())
        .flatMap(result -> result.readings().stream());
  }

  /** Returns the measures that a kind of challenge has, in the order of the results. */
  public List<String> measures(String challenge) {
    return readings()
        .filter(reading -> reading.challenge().equals(challenge))
        .flatMap(reading -> reading.values().keySet().stream())
        .distinct()
        .toList();
  }

  /** Returns a measure by seed, at the last step of a curve; nothing if no seed has it. */
  public Optional<BySeed> values(String subject, Variant variant, String measure) {
    SortedMap<Integer, BySeed> curve = curve(subject, variant, measure);
    return curve.isEmpty() ? Optional.empty() : Optional.of(curve.get(curve.lastKey()));
  }

  /** Returns a measure by step, then seed; what has no steps is one step, 0. */
  public SortedMap<Integer, BySeed> curve(String subject, Variant variant, String measure) {
    SortedMap<Integer, Map<Long, Double>> steps = new TreeMap<>();
    subjects
        .getOrDefault(subject, new TreeMap<>())
        .forEach(
            (seed, result) ->
                result.readings().stream()
                    .filter(variant::isOf)
                    .forEach(
                        reading -> {
                          Double value = reading.values().get(measure);
                          if (value != null && !value.isNaN()) {
                            steps
                                .computeIfAbsent(step(reading), s -> new TreeMap<>())
                                .put(seed, value);
                          }
                        }));
    SortedMap<Integer, BySeed> curve = new TreeMap<>();
    steps.forEach(
        (step, values) ->
            Optional.ofNullable(BySeed.of(values, value -> value))
                .ifPresent(each -> curve.put(step, each)));
    return curve;
  }

  private static int step(Reading reading) {
    Integer step = reading.step();
    return step == null ? 0 : step;
  }
}
