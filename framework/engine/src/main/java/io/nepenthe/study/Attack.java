package io.nepenthe.study;

import io.nepenthe.challenge.Attacks;
import io.nepenthe.challenge.MembershipAttack;
import io.nepenthe.metric.Better;
import io.nepenthe.runstore.ChallengeResult.Reading;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * A number of an attack, and where the results of challenges hold it.
 *
 * @param measure as which it is studied
 * @param challenge its kind
 * @param variant of it
 * @param value its id among the values
 */
record Attack(Measure measure, String challenge, String variant, String value) {
  /** Returns all attacks. */
  static List<Attack> all() {
    return Stream.concat(
            Arrays.stream(MembershipAttack.values()).map(Attack::of), Stream.of(exposure()))
        .toList();
  }

  private static Attack of(MembershipAttack attack) {
    return new Attack(
        new Measure(attack.id(), attack.title(), Better.LOWER),
        "membership",
        attack.variant(),
        "auc");
  }

  private static Attack exposure() {
    return new Attack(
        new Measure(Attacks.EXPOSURE, "exposure, mean bits", Better.LOWER),
        "exposure",
        Reading.UNCHALLENGED,
        "meanBits");
  }
}
