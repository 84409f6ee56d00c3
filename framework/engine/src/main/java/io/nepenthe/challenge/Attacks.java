package io.nepenthe.challenge;

import io.nepenthe.data.Sequences;
import io.nepenthe.model.Weights;
import io.nepenthe.suite.ChallengeSpec;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What membership inference and exposure, with the parameters they have if nothing is said, make of
 * weights that another challenge has changed.
 */
public final class Attacks {
  /** Under which id the mean exposure in bits is stored. */
  public static final String EXPOSURE = "exposure";

  private static final ChallengeSpec.Membership ASKED = new ChallengeSpec.Membership(null, null);

  private final Subject subject;
  private final @Nullable Surprises surprises;

  /**
   * Attacks weights of a subject's model.
   *
   * @param except planted rows that are left out, as the weights have been trained on them again
   */
  Attacks(Subject subject, Sequences except) {
    this.subject = subject;
    this.surprises =
        subject
            .place()
            .surprises(ASKED.rows())
            .map(all -> except.isEmpty() ? all : all.without(except))
            .orElse(null);
  }

  /** Returns the area of each {@link MembershipAttack}, and the mean exposure, by id. */
  Map<String, Double> of(Weights weights) {
    Map<String, Double> values = new LinkedHashMap<>();
    if (surprises != null) {
      Surprise seen = surprises.read(subject.model(), weights);
      Optional<Surprise> retrained = surprises.ofRetrained(subject.manager());
      for (MembershipAttack attack : MembershipAttack.values()) {
        attack
            .area(seen, retrained, ASKED.share())
            .ifPresent(area -> values.put(attack.id(), area.area()));
      }
      Arrays.stream(Exposed.bits(seen)).average().ifPresent(mean -> values.put(EXPOSURE, mean));
    }
    return values;
  }
}
