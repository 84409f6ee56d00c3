package io.nepenthe.study;

import com.fasterxml.jackson.annotation.JsonValue;
import io.nepenthe.runstore.ChallengeResult;
import java.util.Locale;

/** What a model was trained on, and what was done to it. */
public enum Pool {
  /** Trained with the artifacts. */
  ORIGINAL,
  /** Trained without them. */
  RETRAINED,
  /** Trained with them, and made to forget. */
  MITIGATED;

  /** The method whose models were trained without artifacts. */
  public static final String CONTROL = "retrain-without-artifacts";

  /** The method that leaves the original as it is. */
  public static final String NOTHING = "no-mitigation";

  /** Returns the pool of a challenged model. */
  static Pool of(String subject) {
    return switch (subject) {
      case ChallengeResult.ORIGINAL -> ORIGINAL;
      case CONTROL -> RETRAINED;
      default -> MITIGATED;
    };
  }

  /** Returns the name used in JSON and tables. */
  @JsonValue
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
