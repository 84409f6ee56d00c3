package io.nepenthe.submission;

import com.fasterxml.jackson.databind.JsonNode;
import io.nepenthe.json.Json;
import io.nepenthe.runstore.TimingResult;
import io.nepenthe.summary.SelectionDocument;
import io.nepenthe.summary.StoredRun;
import io.nepenthe.wording.Words;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.commons.statistics.descriptive.StandardDeviation;
import org.apache.commons.statistics.distribution.TDistribution;
import org.jspecify.annotations.Nullable;

/** Whether what is computed from the results is what comes out of them, computed again. */
final class DerivedCheck {
  private static final double ROUNDING = 1e-6;

  /** What JMH leaves out on each side of its 99.9 % interval. */
  private static final double TAIL = 0.0005;

  private static final int FEWEST = 3;

  private DerivedCheck() {}

  static void check(
      SubmissionArchive archive, StoredRun stored, Evidence evidence, Findings findings) {
    same(archive, "summary", stored.summary(), findings);
    same(archive, "selection", SelectionDocument.of(stored), findings);
    evidence.timings().forEach(timing -> middles(timing, findings));
    findings.pass(
        Rule.DERIVED, "summary.json, selection.json and all times by seed come out the same");
  }

  private static void same(
      SubmissionArchive archive, String name, Object computed, Findings findings) {
    Optional<byte[]> bytes = archive.bytes(ArchivePaths.RUN + name + ".json");
    if (bytes.isEmpty()) {
      findings.fail(Rule.DERIVED, name + ".json is not there");
      return;
    }
    try {
      JsonNode told = Json.mapper().readTree(bytes.get());
      JsonNode expected = Json.mapper().readTree(Json.pretty(computed));
      String place = difference("", told, expected);
      if (!place.isEmpty()) {
        findings.fail(Rule.DERIVED, name + ".json: " + place);
      }
    } catch (IOException e) {
      findings.fail(Rule.DERIVED, name + ".json: " + Words.line(e.getMessage()));
    }
  }

  /** Returns the first place where two documents differ; empty if they do not. */
  private static String difference(String at, JsonNode told, JsonNode expected) {
    if (told.equals(expected)) {
      return "";
    }
    List<String> names = new ArrayList<>();
    if (told.isObject() && expected.isObject()) {
      told.fieldNames().forEachRemaining(names::add);
      expected.fieldNames().forEachRemaining(names::add);
      for (String name : names) {
        if (!told.path(name).equals(expected.path(name))) {
          return difference(at + "/" + name, told.path(name), expected.path(name));
        }
      }
    }
    for (int i = 0; told.isArray() && expected.isArray() && i < told.size(); i++) {
      if (!told.path(i).equals(expected.path(i))) {
        return difference(at + "/" + i, told.path(i), expected.path(i));
      }
    }
    return at + " is " + shown(told) + ", computed is " + shown(expected);
  }

  private static String shown(JsonNode value) {
    String words = value.isMissingNode() ? "missing" : value.toString();
    return words.length() > 60 ? words.substring(0, 60) + "..." : words;
  }

  private static void middles(TimingResult timing, Findings findings) {
    String id = timing.task() + " " + timing.method();
    List<double[]> forks = new ArrayList<>();
    List<Long> seeds = timing.shots().stream().map(TimingResult.Shot::seed).distinct().toList();
    if (!seeds.equals(timing.seeds().stream().map(TimingResult.SeedTime::seed).toList())) {
      findings.fail(Rule.DERIVED, id + ": seeds are not those of its shots");
      return;
    }
    for (TimingResult.SeedTime seed : timing.seeds()) {
      double middle = mean(timing.typical(seed.seed()));
      double[] byFork = byFork(timing, seed.seed());
      forks.add(byFork);
      if (!isClose(seed.seconds(), middle) || !isClose(seed.errorSeconds(), error(byFork))) {
        findings.fail(
            Rule.DERIVED,
            "%s seed %d: %s s, error %s; its shots give %s s, error %s"
                .formatted(
                    id, seed.seed(), seed.seconds(), seed.errorSeconds(), middle, error(byFork)));
      }
    }
    boolean repeated = forks.stream().allMatch(each -> each.length > 1);
    double[] all = forks.stream().flatMapToDouble(Arrays::stream).toArray();
    if (!isClose(timing.errorSeconds(), repeated ? error(all) : null)) {
      findings.fail(Rule.DERIVED, id + ": its error does not come out of its shots");
    }
  }

  private static double[] byFork(TimingResult timing, long seed) {
    return timing.shots().stream()
        .filter(shot -> shot.seed() == seed)
        .collect(Collectors.groupingBy(TimingResult.Shot::fork, TreeMap::new, Collectors.toList()))
        .values()
        .stream()
        .mapToDouble(shots -> mean(TimingResult.middle(shots)))
        .toArray();
  }

  private static double mean(List<TimingResult.Shot> shots) {
    return shots.stream().mapToDouble(TimingResult.Shot::seconds).average().orElse(Double.NaN);
  }

  /** Returns half of JMH's interval; none of fewer than three values. */
  private static @Nullable Double error(double[] values) {
    return values.length < FEWEST
        ? null
        : TDistribution.of(values.length - 1.0).inverseSurvivalProbability(TAIL)
            * StandardDeviation.of(values).getAsDouble()
            / Math.sqrt(values.length);
  }

  private static boolean isClose(@Nullable Double one, @Nullable Double other) {
    return (one == null || other == null)
        ? Objects.equals(one, other)
        : Math.abs(one - other) <= ROUNDING * Math.max(Math.abs(one), Math.abs(other));
  }
}
