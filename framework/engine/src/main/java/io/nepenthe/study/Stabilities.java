package io.nepenthe.study;

import io.nepenthe.runstore.ChallengeResult;
import io.nepenthe.runstore.ChallengeResult.Reading;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** How far challenges move one measure of the models of a task. */
final class Stabilities {
  private final Measure measure;
  private final List<ChallengeResult> challenged;
  private final PoolMethods pools;

  /** Models of one pool under one variant. */
  private record Key(String challenge, String variant, Pool pool) {}

  /** A model before and after. */
  private record Change(double before, double after) {}

  Stabilities(Measure measure, List<ChallengeResult> challenged, PoolMethods pools) {
    this.measure = measure;
    this.pools = pools;
    this.challenged = challenged;
  }

  /** Returns that of every challenge whose readings hold the measure, in their order. */
  List<Stability> all() {
    Map<Key, List<Change>> changes = new LinkedHashMap<>();
    for (ChallengeResult result : challenged) {
      Pool pool = pools.of(result.subject());
      lastSteps(result)
          .forEach(
              (variant, reading) ->
                  before(result, reading.challenge())
                      .ifPresent(
                          before ->
                              changes
                                  .computeIfAbsent(
                                      new Key(reading.challenge(), reading.variant(), pool),
                                      key -> new ArrayList<>())
                                  .add(new Change(before, reading.values().get(measure.id())))));
    }
    return changes.entrySet().stream().map(each -> of(each.getKey(), each.getValue())).toList();
  }

  /** Returns of each variant the last reading that holds the measure. */
  private Map<List<String>, Reading> lastSteps(ChallengeResult result) {
    Map<List<String>, Reading> last = new LinkedHashMap<>();
    for (Reading reading : result.readings()) {
      if (!reading.variant().equals(Reading.UNCHALLENGED)
          && reading.values().containsKey(measure.id())) {
        last.put(List.of(reading.challenge(), reading.variant()), reading);
      }
    }
    return last;
  }

  private OptionalDouble before(ChallengeResult result, String challenge) {
    return result.readings().stream()
        .filter(reading -> reading.challenge().equals(challenge))
        .filter(reading -> reading.variant().equals(Reading.UNCHALLENGED))
        .filter(reading -> reading.values().containsKey(measure.id()))
        .mapToDouble(reading -> reading.values().get(measure.id()))
        .findFirst();
  }

  private Stability of(Key key, List<Change> changes) {
    OptionalDouble with = mean(key.challenge(), Pool.ORIGINAL);
    OptionalDouble without = mean(key.challenge(), Pool.RETRAINED);
    if (with.isEmpty() || without.isEmpty() || with.getAsDouble() == without.getAsDouble()) {
      return new Stability(key.challenge(), key.variant(), key.pool(), changes.size(), null, 0);
    }
    double distance = Math.abs(with.getAsDouble() - without.getAsDouble());
    double middle = (with.getAsDouble() + without.getAsDouble()) / 2;
    double moved = changes.stream().mapToDouble(each -> Math.abs(each.after - each.before)).sum();
    long flips =
        changes.stream().filter(each -> each.after > middle != each.before > middle).count();
    return new Stability(
        key.challenge(),
        key.variant(),
        key.pool(),
        changes.size(),
        moved / changes.size() / distance,
        (int) flips);
  }

  /** Mean over the models of a pool, before a challenge, on the rows that it measures. */
  private OptionalDouble mean(String challenge, Pool pool) {
    return challenged.stream()
        .filter(result -> pools.of(result.subject()) == pool)
        .map(result -> before(result, challenge))
        .filter(OptionalDouble::isPresent)
        .mapToDouble(OptionalDouble::getAsDouble)
        .average();
  }
}
