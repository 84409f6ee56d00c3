package io.nepenthe.retention;

import io.nepenthe.runstore.ChallengeResult.Reading;

/**
 * One way in which a kind of challenge was put.
 *
 * @param challenge its kind, like "rounding"
 * @param name like "int4"
 */
public record Variant(String challenge, String name) {
  /** Name of what is the worst over all variants of a challenge. */
  public static final String WORST = "worst";

  /** Returns the model as it was, on the rows of a challenge. */
  public static Variant unchallenged(String challenge) {
    return new Variant(challenge, Reading.UNCHALLENGED);
  }

  /** Returns the worst over all variants of a challenge. */
  public static Variant worst(String challenge) {
    return new Variant(challenge, WORST);
  }

  boolean isOf(Reading reading) {
    return challenge.equals(reading.challenge()) && name.equals(reading.variant());
  }

  boolean isUnchallenged() {
    return name.equals(Reading.UNCHALLENGED);
  }
}
