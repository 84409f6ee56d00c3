package io.nepenthe.challenge;

import io.nepenthe.runstore.ChallengeResult.Reading;
import io.nepenthe.suite.ChallengeSpec;
import java.util.ArrayList;
import java.util.List;

/** Every challenge there is; a suite names them by the kind of their parameters. */
public final class Challenges {
  private static final List<Challenge<?>> ALL =
      List.of(
          new Relearning(),
          new Rounding(),
          new Prompts(),
          new Membership(),
          new Exposed(),
          new Reach(),
          new Distance());

  private Challenges() {}

  /** Puts challenges to a model, in their order. */
  public static List<Reading> readings(List<ChallengeSpec> asked, Subject subject)
      throws InterruptedException {
    List<Reading> readings = new ArrayList<>();
    for (ChallengeSpec each : asked) {
      readings.addAll(readings(of(each), each, subject));
    }
    return readings;
  }

  /** Returns about what it costs to put a challenge to one model. */
  static ChallengeCost cost(ChallengeSpec asked, ChallengeCost.Rows rows) {
    return cost(of(asked), asked, rows);
  }

  private static Challenge<?> of(ChallengeSpec asked) {
    return ALL.stream()
        .filter(each -> each.parameters().isInstance(asked))
        .findAny()
        .orElseThrow(() -> new IllegalStateException("no class puts " + asked.kind()));
  }

  private static <S extends ChallengeSpec> ChallengeCost cost(
      Challenge<S> challenge, ChallengeSpec asked, ChallengeCost.Rows rows) {
    return challenge.cost(challenge.parameters().cast(asked), rows);
  }

  private static <S extends ChallengeSpec> List<Reading> readings(
      Challenge<S> challenge, ChallengeSpec asked, Subject subject) throws InterruptedException {
    return challenge.readings(challenge.parameters().cast(asked), subject);
  }
}
