package io.nepenthe.challenge;

import io.nepenthe.runstore.ChallengeResult.Reading;
import io.nepenthe.suite.ChallengeSpec;
import java.util.List;

/**
 * One way to ask whether a model has forgotten for good. {@link Challenges} lists all. Runs in the
 * judge's process, where plugin code never does. Stateless.
 *
 * @param <S> its parameters in a suite
 */
public interface Challenge<S extends ChallengeSpec> {
  /** Returns the type of its parameters. */
  Class<S> parameters();

  /** Returns about what it costs to put it to one model. */
  ChallengeCost cost(S parameters, ChallengeCost.Rows rows);

  /**
   * Puts the challenge to a model, whose weights stay as they are.
   *
   * @return first a reading of the model as it was, on the rows that are measured; nothing where
   *     the challenge does not apply
   */
  List<Reading> readings(S parameters, Subject subject) throws InterruptedException;
}
