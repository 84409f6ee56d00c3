package io.nepenthe.study;

import io.nepenthe.suite.ChallengeSpec;
import io.nepenthe.suite.MethodChoice;
import io.nepenthe.suite.Suite;
import java.util.List;
import java.util.stream.Stream;

/** What a study of a suite's metrics runs: original models and retrained ones, challenged. */
public final class StudySuite {
  private StudySuite() {}

  /**
   * Returns that of a suite.
   *
   * @param pools whose models make the pools
   * @param tasks of these only; empty for all
   * @param seeds in place of the suite's; empty for those
   * @param methods of the suite whose models are challenged, too
   */
  public static Suite of(
      Suite suite, PoolMethods pools, List<String> tasks, List<Long> seeds, List<String> methods) {
    List<String> missing =
        pools.all().stream()
            .filter(id -> suite.methods().stream().map(MethodChoice::id).noneMatch(id::equals))
            .toList();
    List<String> kept = Stream.concat(pools.all().stream(), methods.stream()).distinct().toList();
    Suite seeded = seeds.isEmpty() ? suite : suite.seeded(seeds);
    return seeded
        .joinedBy(missing)
        .only(tasks, kept, List.of())
        .challengedBy(
            List.of(
                new ChallengeSpec.Relearning(null, null, null, true),
                new ChallengeSpec.Rounding(null, true),
                new ChallengeSpec.Membership(null, null),
                new ChallengeSpec.Exposure(null)));
  }
}
